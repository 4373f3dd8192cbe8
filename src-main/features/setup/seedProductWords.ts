/** Invented goods of a firm that sells to the trades of the invented customers. Prices in yuan; what they cost is a share of them. */
type Goods = readonly [
  category: string,
  unit: string,
  tax: string,
  names: readonly (readonly [name: string, specs: string, price: number])[],
]

/** Units of work: what is measured by them lies in no warehouse. */
export const WORK = ['小时', '次', '年'] as const
export const STOCK = { second: '二号仓', reason: '期初库存' } as const
export const SUPPLIERS = ['永康市恒力五金厂', '温州南方阀门有限公司', '宁波标准件批发部'] as const

export const GOODS: readonly Goods[] = [
  [
    '紧固件/螺丝',
    '箱',
    '13',
    [
      ['内六角螺丝', 'M4×12 M6×20 M8×30', 86],
      ['自攻螺丝', 'ST3.5 ST4.2', 52],
    ],
  ],
  [
    '紧固件/螺母垫片',
    '箱',
    '13',
    [
      ['六角螺母', 'M6 M8 M10', 64],
      ['弹簧垫圈', 'M6 M8', 38],
    ],
  ],
  [
    '管件/法兰',
    '个',
    '13',
    [
      ['不锈钢平焊法兰', 'DN25 DN50 DN80 DN100', 128],
      ['碳钢盲板法兰', 'DN50 DN100', 96],
    ],
  ],
  [
    '管件/阀门',
    '台',
    '13',
    [
      ['球阀', 'DN15 DN25 DN40 DN50', 168],
      ['闸阀', 'DN50 DN80 DN100', 420],
      ['电动调节阀', 'DN50 DN80', 3680],
    ],
  ],
  [
    '传动/轴承',
    '件',
    '13',
    [
      ['深沟球轴承', '6204 6205 6206 6308', 26],
      ['圆锥滚子轴承', '30205 30206', 58],
    ],
  ],
  [
    '传动/电机减速机',
    '台',
    '13',
    [
      ['三相异步电机', '1.5kW 3kW 7.5kW', 1280],
      ['蜗轮减速机', 'RV40 RV63', 560],
    ],
  ],
  [
    '电气/控制',
    '台',
    '13',
    [
      ['变频器', '2.2kW 5.5kW 11kW', 1980],
      ['可编程控制器', '16点 32点', 1450],
      ['触摸屏', '7寸 10寸', 980],
    ],
  ],
  [
    '电气/低压',
    '个',
    '13',
    [
      ['塑壳断路器', '63A 125A 250A', 240],
      ['交流接触器', '18A 32A', 88],
    ],
  ],
  [
    '耗材',
    '箱',
    '13',
    [
      ['切削液', '18L 200L', 360],
      ['砂轮片', '100mm 125mm', 120],
    ],
  ],
  [
    '服务',
    '次',
    '6',
    [
      ['上门安装调试', '市内 省内', 800],
      ['年度保养', '标准 全面', 4800],
    ],
  ],
]
export const LISTS: readonly { name: string; level: 'A' | 'B' | 'C' | null; off: number }[] = [
  { name: 'A 级客户价', level: 'A', off: 12 },
  { name: '秋季促销', level: null, off: 5 },
]
