/**
 * The page as several files, for a server whose policy allows no inline style and script. The policy in the page itself
 * then allows its own files alone.
 */
export function splitPage(page: string, hashOf: (text: string) => string): ReadonlyMap<string, string> {
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
  const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
  // Names that change with what is in them: a browser that keeps files never mixes two reports.
  const [styleFile, scriptFile] = [`report.${hashOf(style)}.css`, `report.${hashOf(script)}.js`];
  const html = page
    .replace(`<style>${style}</style>`, () => `<link rel="stylesheet" href="${styleFile}">`)
    .replace(`<script>${script}</script>`, () => `<script src="${scriptFile}"></script>`)
    .replace(/(http-equiv="Content-Security-Policy" content=")[^"]*"/, `$1${POLICY}"`);
  return new Map([
    [styleFile, style],
    [scriptFile, script],
    ['index.html', html],
  ]);
}

const POLICY = 'default-src &#39;none&#39;; style-src &#39;self&#39;; script-src &#39;self&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;';
