// What lies compressed in the page: HTML of single DAGs, and the document that the page was made from.
const packed = (() => {
  'use strict';
  const BITS = 13;
  const values = new Map(Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).filter((character) => !'&<`'.includes(character)).map((character, index) => [character.charCodeAt(0), index]));

  /** The bytes of a text with 13 bits in two characters, and six in a single last one. */
  function bytesOf(text) {
    const length = text.length >> 1;
    const bytes = new Uint8Array(Math.floor((length * BITS + (text.length & 1) * 6) / 8));
    let [held, bits, at] = [0, 0, 0];
    const add = (value, count) => {
      held |= value << bits;
      for (bits += count; bits >= 8 && at < bytes.length; bits -= 8, held >>>= 8) bytes[at++] = held & 255;
    };
    for (let index = 0; index < length; index += 1) add(values.get(text.charCodeAt(2 * index)) * 91 + values.get(text.charCodeAt(2 * index + 1)), BITS);
    if (text.length & 1) add(values.get(text.charCodeAt(text.length - 1)), 6);
    return bytes;
  }

  /** The JSON in a template of the page. */
  async function inflate(id) {
    const bytes = bytesOf(document.getElementById(id).content.textContent);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Response(stream).json();
  }

  /** A document from its text without repetitions: the lists of keys, and what is made of them. */
  function decode([shapes, root]) {
    const numbered = [];
    const number = (value) => (numbered.push(value), value);
    const text = (value) => (value[0] === '=' ? number(value.slice(1)) : value[0] === '#' ? Number(value.slice(1)) : value[0] === '\\' ? value.slice(1) : value);
    const object = (keys, items, first, step) => Object.fromEntries(keys.map((key, index) => [key, items[first + index * step]]));
    function read(value) {
      if (typeof value === 'number') return numbered[value];
      if (typeof value === 'string') return text(value);
      if (!Array.isArray(value)) return value;
      const [tag, ...rest] = value;
      const items = rest.map(read);
      const keys = shapes[(Math.abs(tag) >> 1) - 1] ?? [];
      const count = items.length / keys.length;
      const whole = tag < 0 ? Array.from({ length: count }, (_, index) => object(keys, items, index, count)) : tag > 1 ? object(keys, items, 0, 1) : items;
      return tag & 1 ? number(whole) : whole;
    }
    return read(root);
  }

  let plan;
  return { inflate, document: () => (plan ??= inflate('document').then(decode)) };
})();
