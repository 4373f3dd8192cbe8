import {
  CAPITALS,
  CHINESE,
  cn,
  EXTENSIONS,
  fullWidth,
  MOBILE_WORDS,
  NAMES,
  type PhoneKinds,
  SEPARATORS,
  split,
} from './phoneTools.ts'

/** Cells of one number. */
export const oneNumber: PhoneKinds = {
  plain: ({ mobile, pick }) => {
    const number = mobile()
    return {
      raw: pick([
        number,
        ` ${number} `,
        `\u00a0${number}`,
        `${number}\u3000`,
        `'${number}`,
        `\u200b${number}`,
        `${number}\n`,
        `\u202d${number}\u202c`,
        `‘${number}`,
        `\t${number}`,
      ]),
      expected: cn(number),
    }
  },
  grouped: ({ mobile, pick }) => {
    const number = mobile()
    const cuts = pick([[3, 4], [3], [7], [3, 3], [3, 4], [4, 3], [3, 2, 3]])
    const by = pick([' ', '-', '.', '·', '  ', '－', '—', '–', '\u00a0', '\u3000', '_', ' - ', '‑'])
    return { raw: split(number, ...cuts).join(by), expected: cn(number) }
  },
  spacedOut: ({ mobile, pick }) => {
    const number = mobile()
    return { raw: [...number].join(pick([' ', '-'])), expected: cn(number) }
  },
  country: ({ mobile, pick }) => {
    const number = mobile()
    const before = pick([
      '+86',
      '+86 ',
      '86',
      '86-',
      '0086',
      '0086-',
      '0086 ',
      '(86)',
      '（+86）',
      '(+86) ',
      '+86-',
      '＋86',
      '[86]',
      '+86 (0) ',
      '+ 86 ',
      '86 ',
      '+(86)',
      '00 86 ',
      '+86.',
      '+86\u00a0',
      '（86）',
      '+86 +86 ',
    ])
    const body = pick([number, split(number, 3, 4).join(' '), split(number, 3, 4).join('-')])
    return { raw: before + body, expected: cn(number) }
  },
  trunkZero: ({ mobile, pick }) => {
    const number = mobile()
    return { raw: pick(['0', '0-', '0 ', '(0)']) + number, expected: cn(number) }
  },
  fullWidth: ({ mobile, land, pick }) => {
    const number = mobile()
    const { area, local } = land()
    return pick([
      { raw: fullWidth(number), expected: cn(number) },
      { raw: fullWidth(`+86 ${number}`), expected: cn(number) },
      { raw: fullWidth(`0${area}-${local}`), expected: cn(area + local) },
      { raw: `（${number}）`, expected: cn(number) },
      { raw: `【${number}】`, expected: cn(number) },
    ])
  },
  chineseNumerals: ({ mobile, pick }) => {
    const number = mobile()
    const signs = pick([CHINESE, CAPITALS, '〇一二三四五六七八九', '零幺二三四五六七八九'])
    return { raw: pick(['', '电话']) + number.replace(/\d/g, (digit) => signs[Number(digit)] as string), expected: cn(number) }
  },
  excelFloat: ({ mobile, pick }) => {
    const number = mobile()
    const all = `${number[0]}.${number.slice(1)}`
    return {
      raw: pick([
        `${number}.0`,
        `${number}.00`,
        `${all}E+10`,
        `${all}e+10`,
        `${all}E10`,
        number.replace(/(\d)(?=(\d{3})+$)/g, '$1,'),
      ]),
      expected: cn(number),
    }
  },
  digitsLost: ({ mobile, pick, digits }) => ({
    raw: `${mobile()[0]}.${pick(['3', '5', '8', '9'])}${digits(pick([1, 2, 4, 5]))}E+10`,
  }),
  labelled: ({ mobile, pick }) => {
    const number = mobile()
    const word = pick(MOBILE_WORDS)
    return { raw: word + pick([':', '：', ' ', ': ', '']) + pick([number, split(number, 3, 4).join(' ')]), expected: cn(number) }
  },
  named: ({ mobile, pick }) => {
    const number = mobile()
    const name = pick(NAMES)
    return {
      raw: pick([
        `${name}${number}`,
        `${number}${name}`,
        `${number}（${name}）`,
        `${name}：${number}`,
        `${number} ${name}`,
        `${name} ${number}(微信同号)`,
        `${number}微信同步`,
        `${number}-${name}`,
        `(${name})${number}`,
      ]),
      expected: cn(number),
    }
  },
  twoMobiles: ({ mobile, pick }) => {
    const [one, two] = [mobile(), mobile()]
    return { raw: one + pick([...SEPARATORS, '-', ' - ', '']) + two, expected: `${cn(one)} ${cn(two)}` }
  },
  twoNamed: ({ mobile, pick }) => {
    const [one, two] = [mobile(), mobile()]
    return {
      raw: pick([
        `${pick(NAMES)}${one} ${pick(NAMES)}${two}`,
        `${one}(${pick(NAMES)})/${two}(${pick(NAMES)})`,
        `1、${one} 2、${two}`,
        `1.${one} 2.${two}`,
        `①${one}②${two}`,
        `手机：${one}；备用：${two}`,
        `1）${one}；2）${two}`,
        `手机1:${one},手机2:${two}`,
      ]),
      expected: `${cn(one)} ${cn(two)}`,
    }
  },
  threeMobiles: ({ mobile, pick }) => {
    const all = [mobile(), mobile(), mobile()]
    return { raw: all.join(pick(SEPARATORS)), expected: all.map(cn).join(' ') }
  },
  landline: ({ land, pick }) => {
    const { area, local } = land()
    const grouped = pick([
      local,
      split(local, local.length - 4).join(' '),
      split(local, local.length - 4).join('-'),
      split(local, local.length - 4).join('.'),
    ])
    return {
      raw: pick([
        `0${area}-${grouped}`,
        `0${area} ${grouped}`,
        `(0${area})${grouped}`,
        `（0${area}）${grouped}`,
        `0${area}${local}`,
        `0${area}—${grouped}`,
        `0${area}－${local}`,
        `(0${area}) ${grouped}`,
        `0${area}/${local}`,
        `0${area}.${local}`,
        `${area}-${local}`,
        `0${area} - ${local}`,
        `0${area})${local}`,
        `[0${area}]${local}`,
        `电话：0${area}-${local}`,
        `0${area}_${local}`,
      ]),
      expected: cn(area + local),
    }
  },
  landlineAbroad: ({ land, pick }) => {
    const { area, local } = land()
    const body = pick([local, split(local, local.length - 4).join(' '), split(local, local.length - 4).join('-')])
    return {
      raw: pick([
        `+86 ${area} ${body}`,
        `+86-${area}-${body}`,
        `0086-${area}-${body}`,
        `+86(${area})${body}`,
        `+86 (0)${area} ${body}`,
        `86-${area}-${body}`,
        `(86)${area}-${body}`,
        `+86${area}${local}`,
        `+86 0${area} ${body}`,
        `(86-${area})${body}`,
        `(+86 ${area}) ${body}`,
        `0086 (0${area}) ${body}`,
        `86-0${area}-${body}`,
        `+86(0${area})${body}`,
        `0086${area}${local}`,
        `（86${area}）${body}`,
      ]),
      expected: cn(area + local),
    }
  },
  landlineLostZero: ({ land, pick }) => {
    const { area, local } = land()
    return { raw: area + local + pick(['', '.0']), expected: cn(area + local) }
  },
  extension: ({ land, pick, digits, random }) => {
    const { area, local } = land()
    const number = `${1 + Math.floor(random() * 9)}${digits(pick([1, 2, 2, 3]))}`
    const by = pick(EXTENSIONS)
    return {
      raw: `${pick([`0${area}-`, `(0${area})`, `0${area}`, `+86 ${area} `])}${local}${by}${number}${by.startsWith('（') ? '）' : ''}`,
      expected: cn(area + local),
      extension: number,
    }
  },
}
