import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { Value } from '../../values.js';
import { makeGroup } from './groups.js';
import type { DbtNode } from './node.js';

/** `group_nodes_by_folder`: a group per folder of the project; folders of one name share the group that came first. */
export class FolderGroups {
  private readonly made = new Map<string, Value>();
  constructor(
    private readonly rt: Runtime,
    private readonly target: { readonly dag: Value; readonly group: Value },
    private readonly place: Place,
  ) {}

  /** The group of a node; null for one whose file lies in no folder. */
  of(node: DbtNode): Value {
    let parent = this.target.group;
    let group: Value = null;
    for (const folder of node.file.slice(0, -1)) {
      group = this.made.get(folder) ?? makeGroup(this.rt, new Map([['dag', this.target.dag], ['group_id', folder], ['parent_group', parent]]), this.place);
      this.made.set(folder, group);
      parent = group;
    }
    return group;
  }

  /** Whether folders of one name lie in different places, so that the order of nodes decides. */
  static areAmbiguous(nodes: Iterable<DbtNode>): boolean {
    const places = new Map<string, string>();
    for (const node of nodes) {
      for (const [index, folder] of node.file.slice(0, -1).entries()) {
        const place = node.file.slice(0, index).join('/');
        if ((places.get(folder) ?? place) !== place) return true;
        places.set(folder, place);
      }
    }
    return false;
  }
}
