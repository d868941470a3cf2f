// The table's filters and the map.
(() => {
  'use strict';
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const show = (element) => element?.removeAttribute('hidden');

  function setUpFilters() {
    const filters = byId('filters');
    if (!filters) return;
    const rows = all('table.dags tbody tr[data-mode]').map((row) => ({ row, text: row.textContent.toLowerCase(), data: row.dataset }));
    const [text, mode, status, hazard] = ['text', 'mode', 'status', 'hazard'].map((name) => byId(`filter-${name}`));
    function apply() {
      const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const item of rows) {
        const isShown =
          words.every((word) => item.text.includes(word)) &&
          (mode.value === '' || item.data.mode === mode.value) &&
          (status.value === '' || item.data.status === status.value) &&
          (!hazard.checked || item.data.hazards !== '0');
        item.row.hidden = !isShown;
        if (isShown) shown += 1;
      }
      byId('filter-count').textContent = shown === rows.length ? '' : `${shown} of ${rows.length}`;
      byId('filter-none').hidden = shown > 0;
    }
    filters.addEventListener('input', apply);
    show(filters);
  }

  function setUpMap() {
    const map = document.querySelector('svg.map');
    if (!map) return;
    const links = JSON.parse(byId('map-edges').textContent);
    const nodes = new Map(all('[data-node]', map).map((node) => [Number(node.dataset.node), node]));
    const edges = all('.edge', map);
    function reach(start, from, to) {
      const next = new Map();
      for (const link of links) next.set(link[from], [...(next.get(link[from]) ?? []), link[to]]);
      const seen = new Set([start]);
      for (const node of seen) for (const other of next.get(node) ?? []) seen.add(other);
      return seen;
    }
    function trace(start) {
      const before = reach(start, 1, 0);
      const after = reach(start, 0, 1);
      const isOn = (from, to) => (before.has(from) && before.has(to)) || (after.has(from) && after.has(to));
      for (const [index, node] of nodes) node.classList.toggle('on', before.has(index) || after.has(index));
      for (const edge of edges) edge.classList.toggle('on', isOn(Number(edge.dataset.from), Number(edge.dataset.to)));
      map.classList.add('tracing');
    }
    const stop = () => map.classList.remove('tracing');
    for (const [index, node] of nodes) {
      node.addEventListener('pointerenter', () => trace(index));
      node.addEventListener('pointerleave', stop);
      node.addEventListener('focus', () => trace(index));
      node.addEventListener('blur', stop);
    }
    setUpZoom(map);
  }

  function setUpZoom(map) {
    const tools = byId('map-tools');
    const frame = byId('map-scroll');
    const width = map.viewBox.baseVal.width;
    const height = map.viewBox.baseVal.height;
    let scale = 1;
    function zoom(next) {
      const [x, y] = [frame.scrollLeft + frame.clientWidth / 2, frame.scrollTop + frame.clientHeight / 2];
      const ratio = next / scale;
      scale = next;
      map.setAttribute('width', String(width * scale));
      map.setAttribute('height', String(height * scale));
      frame.scrollTo(x * ratio - frame.clientWidth / 2, y * ratio - frame.clientHeight / 2);
    }
    const steps = {
      in: () => Math.min(3, scale * 1.25),
      out: () => Math.max(0.1, scale / 1.25),
      full: () => 1,
      fit: () => Math.min(1.5, (frame.clientWidth - 28) / width),
    };
    tools.addEventListener('click', (event) => {
      const step = steps[event.target.closest('button')?.dataset.zoom];
      if (step) zoom(step());
    });
    show(tools);
    // A map that is only a little too wide is easier to read whole.
    if (steps.fit() > 0.7 && steps.fit() < 1) zoom(steps.fit());
  }

  addEventListener('DOMContentLoaded', () => {
    setUpFilters();
    setUpMap();
  });
})();
