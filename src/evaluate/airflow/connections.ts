import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyClassMethod, PyNative, Unknown } from '../values.js';
import type { NativeCall, PyClass, Value } from '../values.js';
import { defineModelledClass } from './define.js';

/** Functions that ask for a connection by its id: `BaseHook`'s, and `Connection`'s of 2.x and 3.x. */
const askingMethods = ['get_connection', 'get_connection_from_secrets', 'get'] as const;

/** What a connection holds besides its id and type: known only where Airflow runs, and mostly secret. */
const hiddenAttributes = ['host', 'login', 'password', 'schema', 'port', 'extra', 'extra_dejson', 'description', 'uri', 'get_uri', 'get_password', 'get_extra'];

/** Gives a class of Airflow the methods by which code asks for a connection while it is parsed. */
export function equipWithConnections(cls: PyClass): PyClass {
  for (const name of askingMethods) {
    if (name !== 'get' || cls.name === 'Connection') cls.attributes.set(name, new PyClassMethod(new PyNative(name, getConnection)));
  }
  return cls;
}

const getConnection: NativeCall = (rt, [, given], keywords, place) => {
  const id = keywords.get('conn_id') ?? given ?? null;
  if (typeof id !== 'string') return id instanceof Unknown ? id : rt.raise('TypeError', 'a connection is asked for by its id', place);
  const { connections } = rt.repository.inputs;
  // An id from the environment is in lower case; Airflow looks for it in upper case whatever the code says.
  const type = connections.get(id) ?? connections.get(id.toLowerCase());
  rt.require('connection', id, type === undefined ? 'missing' : 'given', place);
  return connectionOf(rt, id, type ?? '', place);
};

function connectionOf(rt: Runtime, id: string, type: string, place: Place): Value {
  const instance = rt.instance(defineModelledClass(rt, 'airflow.models.connection.Connection', { isOpen: true }));
  const hidden = new Unknown({ kind: 'connection', text: `connection ${id} is read while the file is parsed`, place }, '', true);
  for (const name of hiddenAttributes) instance.attributes.set(name, hidden);
  instance.attributes.set('conn_id', id);
  instance.attributes.set('conn_type', type === '' ? hidden : type);
  return instance;
}
