import type { Effects } from './effects.js';

const none = (): Effects => ({ writes: [], reads: [], temporary: [], readAddresses: [], writtenAddresses: [], calls: [] });

type Read = (query: string) => Effects | string;

interface Command {
  pattern: RegExp;
  read: (match: RegExpExecArray, read: Read) => Effects | string;
}

const name = String.raw`((?:[\w$*-]+|"[^"]+"|\`[^\`]+\`|\[[^\]]+\])(?:\.(?:[\w$*-]+|"[^"]+"|\`[^\`]+\`|\[[^\]]+\]))*)`;
const plain = (text = ''): string => text.replace(/["`[\]]/g, '').toLowerCase();
const texts = (text = ''): string[] => [...text.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, single, double]) => single ?? double ?? '');

/** Statements of one engine that the parser hands back as they are. Each is a line of keywords with names between. */
const commands: readonly Command[] = [
  {
    pattern: /^UNLOAD\s*\(\s*(?:'((?:[^']|'')*)'|\$\$([\s\S]*?)\$\$|([\s\S]*?))\s*\)\s*TO\s*'([^']*)'/i,
    read: ([, quoted, dollars, open, target = ''], read) => {
      const effects = read((quoted ?? dollars ?? open ?? '').replaceAll("''", "'"));
      return typeof effects === 'string' ? effects : { ...effects, writtenAddresses: [...effects.writtenAddresses, target] };
    },
  },
  {
    pattern: new RegExp(String.raw`^LOAD\s+DATA\s+(INTO|OVERWRITE)\s+(?:TEMP(?:ORARY)?\s+TABLE\s+)?${name}[\s\S]*?\bFROM\s+FILES\s*\(([\s\S]*)\)`, 'i'),
    read: ([, verb = '', table, options = '']) => ({
      ...none(),
      writes: [{ table: plain(table), mode: verb.toUpperCase() === 'INTO' ? 'append' : 'overwrite' }],
      readAddresses: texts(options).filter((text) => text.includes('://')),
    }),
  },
  {
    pattern: new RegExp(String.raw`^LOAD\s+DATA\s+(?:LOW_PRIORITY\s+|CONCURRENT\s+)?(?:LOCAL\s+)?INFILE\s+'([^']*)'\s+(REPLACE\s+|IGNORE\s+)?INTO\s+TABLE\s+${name}`, 'i'),
    read: ([, file = '', keyed, table]) => ({ ...none(), writes: [{ table: plain(table), mode: keyed ? 'keyed' : 'append' }], readAddresses: [file] }),
  },
  {
    pattern: new RegExp(String.raw`^DELETE\s+FROM\s+${name}(?:\s+(?:AS\s+)?(?!USING\b)\w+)?\s+USING\s+([\s\S]*)$`, 'i'),
    read: ([, table, rest = ''], read) => {
      const effects = read(`SELECT 1 FROM ${rest}`);
      return typeof effects === 'string' ? effects : { ...effects, writes: [{ table: plain(table), mode: 'delete', isPart: true }] };
    },
  },
  {
    pattern: new RegExp(String.raw`^CREATE\s+TABLE\s+(IF\s+NOT\s+EXISTS\s+)?${name}\s+(?:(?:ENGINE|(?:DEFAULT\s+)?CHARSET|ROW_FORMAT|COMMENT|COLLATE)\s*=?\s*(?:\w+|'[^']*')\s+)*(?:AS\s+)?(SELECT\s[\s\S]*)$`, 'i'),
    read: ([, guarded, table, query = ''], read) => {
      const effects = read(query);
      return typeof effects === 'string' ? effects : { ...effects, writes: [{ table: plain(table), mode: guarded ? 'keyed' : 'overwrite' }] };
    },
  },
  {
    pattern: /^RENAME\s+TABLE\s+([\s\S]*)$/i,
    read: ([, pairs = '']) => {
      const tables = pairs.split(',').map((pair) => pair.split(/\s+TO\s+/i).map((each) => plain(each.trim())));
      return { ...none(), reads: tables.flatMap(([from = '']) => [from]), writes: tables.flat().map((table) => ({ table, mode: 'overwrite' as const })) };
    },
  },
  {
    pattern: new RegExp(String.raw`^COPY\s+${name}\s*(?:\([^)]*\)\s*)?FROM\s+'((?:s3|emr|dynamodb|ssh):?[^']*)'`, 'i'),
    read: ([, table, address = '']) => ({ ...none(), writes: [{ table: plain(table), mode: 'append' }], readAddresses: [address] }),
  },
  {
    pattern: new RegExp(String.raw`^ALTER\s+TABLE\s+${name}\s+APPEND\s+FROM\s+${name}`, 'i'),
    read: ([, table, source]) => ({ ...none(), writes: [{ table: plain(table), mode: 'append' }, { table: plain(source), mode: 'delete' }], reads: [plain(source)] }),
  },
  { pattern: new RegExp(String.raw`^(?:CALL|EXEC(?:UTE)?(?!\s+IMMEDIATE))\s+${name}`, 'i'), read: ([, called]) => ({ ...none(), calls: [plain(called)] }) },
];

/** What a statement of this kind does; undefined when it is none of them. */
export function commandEffects(text: string, read: Read): Effects | string | undefined {
  for (const command of commands) {
    const match = command.pattern.exec(text);
    if (match) return command.read(match, read);
  }
  return undefined;
}
