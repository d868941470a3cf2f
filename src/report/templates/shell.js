// Comfort only: everything can be read without it. It runs before the page is there, so that only one view is laid out.
(() => {
  'use strict';
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  root.dataset.views = 'starting';

  function setUpTheme() {
    const button = byId('theme');
    const themes = ['system', 'light', 'dark'];
    let current = 0;
    button.addEventListener('click', () => {
      current = (current + 1) % themes.length;
      const theme = themes[current];
      if (theme === 'system') delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = theme;
      button.textContent = `Theme: ${theme}`;
    });
    button.hidden = false;
  }

  /** The element that the address names; a hash that isn't an encoded text is taken as it is. */
  function addressed() {
    const id = location.hash.slice(1);
    try {
      return byId(decodeURIComponent(id));
    } catch {
      return byId(id);
    }
  }

  const chunks = new Map();

  async function complete(view) {
    const { chunk } = view.dataset;
    if (chunk === undefined) return;
    delete view.dataset.chunk;
    if (!chunks.has(chunk)) chunks.set(chunk, packed.inflate(`chunk-${chunk}`));
    const parts = await chunks.get(chunk);
    const content = parts[view.id];
    const place = view.querySelector('[data-fill]');
    if (place) place.innerHTML = content;
    else if (view.querySelector('h2')) view.insertAdjacentHTML('beforeend', content);
    else view.innerHTML = content;
    if (view === current) writeOut(view);
    setUpCopy(view);
    setUpOutline(view);
    document.dispatchEvent(new Event('view'));
  }

  /** A list of what a DAG's view holds: on a phone it is long. */
  function setUpOutline(view) {
    const headings = all('h3', view);
    const badges = view.querySelector(':scope > .badges');
    if (!badges || view.querySelector('.outline') || headings.length < 3) return;
    const nav = document.createElement('nav');
    nav.className = 'outline';
    nav.setAttribute('aria-label', 'Parts of this view');
    for (const [index, heading] of headings.entries()) {
      heading.id ||= `${view.id}.${index + 1}`;
      const link = document.createElement('a');
      link.href = `#${encodeURIComponent(heading.id)}`;
      link.textContent = heading.firstChild.textContent.trim();
      nav.append(link, ' ');
    }
    badges.after(nav);
  }

  /** Where there are few DAGs, the browser's search and the printer get all of them. */
  const FEW = 100;

  async function completeAll() {
    const views = all('.view[data-chunk]');
    if (views.length > FEW) return;
    for (const view of views) await complete(view);
  }

  /** Texts that many DAGs share stand once: who reads a view gets them in full. */
  function writeOut(view) {
    for (const link of all('a[href^="#~"]', view)) {
      const text = byId(link.hash.slice(1))?.cloneNode(true);
      // A copy's buttons do nothing: it gets its own.
      for (const button of all('button', text ?? link)) button.remove();
      for (const list of all('[data-copies]', text ?? link)) delete list.dataset.copies;
      link.replaceWith(...(text?.childNodes ?? []));
    }
    for (const link of all('b > a:not([title])', view)) link.title = byId(link.hash.slice(1))?.textContent ?? '';
  }

  let current;

  /** Shows the view that an element lies in; the others wait, found by the browser's own search. */
  function reveal(view) {
    if (current === undefined) {
      for (const each of all('.view')) if (each !== view) each.setAttribute('hidden', 'until-found');
    } else if (current !== view) {
      current.setAttribute('hidden', 'until-found');
    }
    current = view;
    view.removeAttribute('hidden');
    writeOut(view);
    setUpCopy(view);
    void complete(view);
    const section = view.dataset.nav ?? view.id;
    for (const link of all('.top nav a')) {
      if (link.hash === `#${section}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    document.dispatchEvent(new Event('view'));
  }

  function follow(isFirst) {
    const target = addressed();
    const holder = target ? undefined : all('.view[data-chunk][data-holds]').find(({ dataset }) => decodeURIComponent(location.hash.slice(1)).startsWith(dataset.holds));
    if (holder) {
      void complete(holder).then(() => follow(isFirst));
      return;
    }
    const view = target?.closest('.view') ?? (location.hash === '' || current === undefined ? document.querySelector('.view') : null);
    if (!view) return;
    reveal(view);
    for (let details = target?.closest('details'); details; details = details.parentElement?.closest('details')) details.open = true;
    if (target === null || target === view) scrollTo(0, 0);
    else target.scrollIntoView({ block: 'start' });
    if (isFirst || target !== view) return;
    const heading = view.querySelector('h2');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus({ preventScroll: true });
  }

  function setUpViews() {
    follow(true);
    root.dataset.views = 'on';
    addEventListener('hashchange', () => follow(false));
    document.addEventListener('beforematch', (event) => {
      const view = event.target.closest('.view');
      if (!view || view === current) return;
      reveal(view);
      history.replaceState(null, '', `#${encodeURIComponent(view.id)}`);
    });
  }

  /** A list of steps gets a button that copies it as a checklist. */
  function setUpCopy(view) {
    if (!navigator.clipboard) return;
    for (const list of all('[data-copy]:not([data-copies])', view)) {
      list.dataset.copies = '';
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'quiet';
      button.textContent = 'Copy as checklist';
      button.addEventListener('click', async () => {
        const steps = all('li', list).map((item) => `- [ ] ${item.textContent.trim()}`);
        try {
          await navigator.clipboard.writeText([list.dataset.copy, '', ...steps, ''].join('\n'));
          button.textContent = 'Copied';
        } catch {
          button.textContent = 'Copying was refused';
        }
      });
      list.after(button);
    }
  }

  function setUpPrint() {
    let opened = [];
    addEventListener('beforeprint', () => {
      writeOut(document);
      opened = all('details:not([open])');
      for (const details of opened) details.open = true;
    });
    addEventListener('afterprint', () => {
      for (const details of opened) details.open = false;
    });
  }

  addEventListener('DOMContentLoaded', () => {
    setUpViews();
    setUpTheme();
    setUpPrint();
    void completeAll().then(() => {
      root.dataset.views = 'complete';
    });
  });
})();
