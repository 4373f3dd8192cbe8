import { isValidPhoneNumber } from 'libphonenumber-js/max'
import { cn, NAMES, type PhoneKinds, SEPARATORS, split } from './phoneTools.ts'

/** Cells of several numbers, masked ones, numbers from abroad and none at all. */
export const manyNumbers: PhoneKinds = {
  sharedArea: ({ land, pick, random, digits }) => {
    const { area, local } = land()
    const other = `${2 + Math.floor(random() * 7)}${digits(local.length - 1)}`
    return {
      raw: `0${area}-${local}${pick(['/', '、', '，', ' ', ';', '或', ' / ', '；', ','])}${other}`,
      expected: `${cn(area + local)} ${cn(area + other)}`,
    }
  },
  sharedHead: ({ land, pick, digits }) => {
    const { area, local } = land()
    const tail = digits(4)
    const body = pick([local, split(local, local.length - 4).join(' ')])
    return {
      raw: `0${area}-${body}${pick(['/', '、', '/ '])}${tail}`,
      expected: `${cn(area + local)} ${cn(area + local.slice(0, -4) + tail)}`,
    }
  },
  sharedTail: ({ land, mobile, pick, random }) => {
    const last = (number: string): string =>
      number.slice(0, -1) + String((Number(number.slice(-1)) + 1 + Math.floor(random() * 8)) % 10)
    const { area, local } = land()
    const number = mobile()
    const [next, following] = [last(local), last(number)]
    return pick([
      { raw: `0${area}-${local}/${next.slice(-1)}`, expected: `${cn(area + local)} ${cn(area + next)}` },
      { raw: `0${area}-${local}/${next.slice(-2)}`, expected: `${cn(area + local)} ${cn(area + next)}` },
      { raw: `${number}/${following.slice(-1)}`, expected: `${cn(number)} ${cn(following)}` },
      { raw: `${number}/${following.slice(-4)}`, expected: `${cn(number)} ${cn(following)}` },
    ])
  },
  mixed: ({ land, mobile, pick }) => {
    const { area, local } = land()
    const number = mobile()
    const by = pick(SEPARATORS)
    return pick([
      { raw: `${number}${by}0${area}-${local}`, expected: `${cn(number)} ${cn(area + local)}` },
      { raw: `0${area}-${local}${by}${number}`, expected: `${cn(area + local)} ${cn(number)}` },
      { raw: `电话：0${area}-${local} 手机：${number}`, expected: `${cn(area + local)} ${cn(number)}` },
    ])
  },
  mixedExtension: ({ land, mobile, pick, random }) => {
    const { area, local } = land()
    const number = mobile()
    const extension = String(100 + Math.floor(random() * 8000))
    return {
      raw: `0${area}-${local}${pick(['转', '-', '分机'])}${extension}${pick(['/', '、', '；', ' '])}${number}`,
      expected: `${cn(area + local)} ${cn(number)}`,
      extension,
    }
  },
  service: ({ pick, digits, random }) => {
    const number = `${pick(['400', '400', '800'])}${1 + Math.floor(random() * 9)}${digits(6)}`
    const [a = '', b = '', c = ''] = split(number, 3, 3)
    return {
      raw: pick([
        `${a}-${b}-${c}`,
        number,
        `${a} ${b} ${c}`,
        `${a}-${b}${c}`,
        `${number.slice(0, 4)}-${number.slice(4, 7)}-${number.slice(7)}`,
        `客服热线：${a}-${b}-${c}`,
        `${a}-${number.slice(3, 7)}-${number.slice(7)}`,
        `${a}.${b}.${c}`,
        `${a}—${b}—${c}`,
      ]),
      expected: cn(number),
    }
  },
  serviceExtension: ({ pick, digits, random }) => {
    const number = `400${1 + Math.floor(random() * 9)}${digits(6)}`
    const extension = digits(pick([1, 3, 4]))
    return {
      raw: `${split(number, 3, 3).join('-')}${pick(['转', ' 转 ', '-', '#', '按', '转分机'])}${extension}`,
      expected: cn(number),
      extension,
    }
  },
  masked: ({ mobile, pick }) => {
    const number = mobile()
    const [a = '', , c = ''] = split(number, 3, 4)
    const mask = pick([
      '****',
      'xxxx',
      'XXXX',
      '●●●●',
      '＊＊＊＊',
      '····',
      '••••',
      '....',
      '…',
      '■■■■',
      '○○○○',
      '####',
      '____',
      '----',
      '████',
      '××××',
      '◆◆◆◆',
      '????',
    ])
    const raw = pick([
      `${a}${mask}${c}`,
      `${a}${mask}${c}`,
      `+86 ${a}${mask}${c}`,
      `${a} ${mask} ${c}`,
      `${pick(NAMES)}${a}${mask}${c}`,
      `${a}${mask}${c}（${pick(NAMES)}）`,
    ])
    return { raw, masked: `${a}****${c}` }
  },
  maskedTail: ({ mobile, pick }) => {
    const head = mobile().slice(0, 7)
    return { raw: head + pick(['****', 'xxxx', 'XXXX', '●●●●']), masked: `${head}****` }
  },
  maskedAndReal: ({ mobile, pick }) => {
    const [one, two] = [mobile(), mobile()]
    const masked = `${one.slice(0, 3)}****${one.slice(7)}`
    return pick([
      { raw: `${masked}/${two}`, expected: cn(two), masked },
      { raw: `${two} ${masked}`, expected: cn(two), masked },
    ])
  },
  wrong: ({ mobile, pick, digits }) => ({
    raw: pick([
      mobile().slice(0, 10),
      `${mobile()}${digits(1)}`,
      `1${pick(['0', '1', '2'])}${digits(9)}`,
      '00000000000',
      '1'.repeat(11),
      '123',
      `12${digits(3)}`,
      `${mobile()}${digits(2)}`,
    ]),
  }),
  wrongLandline: ({ pick, digits }) => {
    const [area, length] = pick([
      ['571', 7],
      ['512', 6],
      ['10', 7],
      ['21', 7],
      ['755', 7],
      ['730', 6],
      ['851', 6],
      ['371', 9],
      ['20', 9],
      ['531', 7],
    ] as const)
    return { raw: `0${area}-${pick(['2', '6', '8'])}${digits(length - 1)}` }
  },
  nationwide: ({ pick, digits }) => {
    const four = digits(4)
    return pick([
      { raw: `1010-${four}`, expected: `+861010${four}` },
      { raw: `1010${four}`, expected: `+861010${four}` },
      { raw: `0571-96${four.slice(1)}`, expected: `+8657196${four.slice(1)}` },
      { raw: pick(['95588', '10086', '12345', '客服95533', '95588转2']) },
    ])
  },
  nothing: ({ pick }) => ({
    raw: pick([
      '无',
      '-',
      '/',
      'N/A',
      '未留',
      '#N/A',
      '微信同号',
      '暂无',
      '——',
      '同上',
      '见备注',
      '0',
      '没有',
      'null',
      '不详',
      '微信：wang_2020',
      'QQ：1234567',
      '#REF!',
      '未提供',
    ]),
  }),
  other: ({ mobile, pick, digits, random }) => {
    const number = mobile()
    const qq = `${1 + Math.floor(random() * 9)}${digits(8)}`
    return {
      raw: pick([
        `${number} QQ:${qq}`,
        `QQ${qq} 手机${number}`,
        `${number}（2024-03-05更新）`,
        `${number} 2023年5月6日`,
        `3号楼 ${number}`,
        `${number} 邮编215000`,
        `微信${number}`,
        `${number},QQ${qq}@qq.com`,
        `工号1024 ${number}`,
      ]),
      expected: cn(number),
    }
  },
  abroad: ({ pick, digits, random }) => {
    for (;;) {
      const hk = `${pick(['5', '6', '9'])}${digits(7)}`
      const macao = `66${digits(6)}`
      const taiwan = `9${digits(8)}`
      const us = `${pick(['202', '212', '415', '650'])}${2 + Math.floor(random() * 8)}${digits(6)}`
      const singapore = `8${digits(7)}`
      const [raw, expected] = pick([
        [`+852 ${hk}`, `+852${hk}`],
        [`00852-${hk}`, `+852${hk}`],
        [`+852-${split(hk, 4).join('-')}`, `+852${hk}`],
        [`852-${split(hk, 4).join(' ')}`, `+852${hk}`],
        [`(852) ${hk}`, `+852${hk}`],
        [`(+852)${hk}`, `+852${hk}`],
        [`852${hk}`, `+852${hk}`],
        [`+853 ${split(macao, 4).join(' ')}`, `+853${macao}`],
        [`00853 ${macao}`, `+853${macao}`],
        [`+886 ${split(taiwan, 3, 3).join(' ')}`, `+886${taiwan}`],
        [`+886-${taiwan}`, `+886${taiwan}`],
        [`00886-${taiwan}`, `+886${taiwan}`],
        [`+886 (0)${taiwan}`, `+886${taiwan}`],
        [`886-${split(taiwan, 3, 3).join('-')}`, `+886${taiwan}`],
        [`+1 ${split(us, 3, 3).join('-')}`, `+1${us}`],
        [`+1 (${us.slice(0, 3)}) ${us.slice(3, 6)}-${us.slice(6)}`, `+1${us}`],
        [`001-${split(us, 3, 3).join('-')}`, `+1${us}`],
        [`+1${us}`, `+1${us}`],
        [`+65 ${split(singapore, 4).join(' ')}`, `+65${singapore}`],
        [`0065${singapore}`, `+65${singapore}`],
        [`+ 65 ${singapore}`, `+65${singapore}`],
        [`＋65 ${singapore}`, `+65${singapore}`],
        [`tel:+65-${singapore}`, `+65${singapore}`],
      ] as const)
      if (isValidPhoneNumber(expected)) return { raw, expected }
    }
  },
}
