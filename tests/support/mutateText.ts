import type { Random } from './factories.ts'

const nasty = [
  '',
  '-1',
  '0',
  '1e999',
  '-1e308',
  'NaN',
  'Infinity',
  '99999999999999999999',
  '2147483648',
  '4294967296',
  '0x41',
  'A0',
  'XFE1',
  'ZZZZZZZZZ1',
  'A99999999999',
  '$A$1',
  '1A',
  '&lt;',
  '&#0;',
  '&#x110000;',
  '&#xD800;',
  '&unknown;',
  '_xD800_',
  '客户',
  '\uFFFD',
  ' ',
  "'",
  'a'.repeat(5000),
]
const types = ['s', 'b', 'e', 'd', 'n', 'str', 'inlineStr', 'x', '']
const dates = ['2958466', '-1', '0.9999999999', '60', '1e300', '2024-13-45', '2024-02-29T99:99:99', '24:00:00', '-0001-01-01']

/** A place in the text where the pattern matches, or null. */
function somewhere(text: string, pattern: RegExp, roll: Random): RegExpExecArray | null {
  const matches = Array.from(text.matchAll(pattern))
  return matches.length === 0 ? null : roll.pick(matches)
}

function swap(text: string, match: RegExpExecArray | null, by: string): string {
  return match === null ? text : text.slice(0, match.index) + by + text.slice(match.index + match[0].length)
}

const attribute = /\s[\w:.-]+="[^"]*"/g
const xmlSpoils: readonly ((text: string, roll: Random) => string)[] = [
  (text, roll) => swap(text, somewhere(text, attribute, roll), ''),
  (text, roll) => {
    const match = somewhere(text, attribute, roll)
    return match === null ? text : swap(text, match, `${match[0].slice(0, match[0].indexOf('=') + 1)}"${roll.pick(nasty)}"`)
  },
  (text, roll) => swap(text, somewhere(text, /<\/[\w:]+>/g, roll), ''),
  (text, roll) => swap(text, somewhere(text, /<[\w:]+(\s[^<>]*)?>/g, roll), ''),
  (text, roll) => swap(text, somewhere(text, /[<>"=/]/g, roll), roll.pick(['', '<', '>', '"', '/', '&', '\u0000', ']]>'])),
  (text, roll) => {
    const match = somewhere(text, />[^<>]+</g, roll)
    return swap(text, match, `>${roll.pick(nasty)}<`)
  },
  (text, roll) => {
    const match = somewhere(text, /<([\w:]+)(\s[^<>]*)?>[^<>]*<\/\1>/g, roll)
    return match === null ? text : swap(text, match, match[0].repeat(2 + roll.below(40)))
  },
  (text, roll) => {
    const match = somewhere(text, /<((?:\w+:)?(?:row|Row|table-row|tr))[ >][\s\S]*?<\/\1>/g, roll)
    return match === null ? text : swap(text, match, match[0].repeat(2))
  },
  (text, roll) => {
    const at = roll.below(text.length + 1)
    const piece = roll.pick([
      '<!-- ',
      '<![CDATA[',
      '<?x ',
      '<!DOCTYPE a>',
      '<x:y>',
      '</x:y>',
      '<a/>',
      '&lt',
      '\uFEFF',
      '<!ELEMENT',
    ])
    return text.slice(0, at) + piece + text.slice(at)
  },
  (text, roll) => text.slice(0, roll.below(text.length + 1)),
]

/** Attributes gone or absurd, tags without their other half, entities, comments that never end. */
export function spoilXml(text: string, roll: Random): string {
  let spoiled = text
  for (let times = 1 + roll.below(3); times > 0; times--) spoiled = roll.pick(xmlSpoils)(spoiled, roll)
  return spoiled
}

const cellSpoils: readonly ((text: string, roll: Random) => string)[] = [
  (text, roll) => swap(text, somewhere(text, /\st="\w*"/g, roll), ` t="${roll.pick(types)}"`),
  (text, roll) => swap(text, somewhere(text, /<((?:\w+:)?c)\s/g, roll), `<c t="${roll.pick(types)}" `),
  (text, roll) => swap(text, somewhere(text, /\ss="\d*"/g, roll), ` s="${roll.pick(['-1', '999999', '4294967296', 'x', ''])}"`),
  (text, roll) => swap(text, somewhere(text, /\sr="[A-Z]*\d*"/g, roll), ` r="${roll.pick(nasty)}"`),
  (text, roll) => swap(text, somewhere(text, />-?[\d.]+</g, roll), `>${roll.pick([...nasty, ...dates])}<`),
  (text, roll) =>
    swap(text, somewhere(text, /<(\w+:)?(v|t|is|f|si)(\s[^>]*)?>/g, roll), roll.pick(['<v>', '<t>', '<is>', '<f>', '<v/>'])),
  (text, roll) =>
    swap(text, somewhere(text, /\snumFmtId="\d+"/g, roll), ` numFmtId="${roll.pick(['14', '22', '46', '-1', '1e9'])}"`),
]

/** Cells of a wrong type, texts and styles that are not there, dates beyond any calendar. */
export function spoilCells(text: string, roll: Random): string {
  let spoiled = text
  for (let times = 1 + roll.below(4); times > 0; times--) spoiled = roll.pick(cellSpoils)(spoiled, roll)
  return spoiled
}

/** Bytes changed, left out, put in, cut off. */
export function spoilBytes(file: Buffer, roll: Random): Buffer {
  let bytes: Buffer = Buffer.from(file)
  for (let times = 1 + roll.below(6); times > 0 && bytes.length > 0; times--) {
    const at = roll.below(bytes.length)
    const length = 1 + roll.below(roll.chance(0.2) ? 2000 : 8)
    const kind = roll.below(10)
    if (kind < 6) bytes[at] = roll.pick([0, 0x7f, 0x80, 0xff, 0x22, 0x0d, 0x0a, roll.below(256)])
    else if (kind === 6) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)])
    else if (kind === 7)
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from(Array.from({ length }, () => roll.below(256))),
        bytes.subarray(at),
      ])
    else if (kind === 8) bytes.fill(roll.pick([0, 0xff]), at, Math.min(bytes.length, at + length))
    else if (roll.chance(0.3)) bytes = Buffer.from(bytes.subarray(0, at))
  }
  return bytes
}
