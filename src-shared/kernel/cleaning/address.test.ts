import { describe, expect, it } from 'vitest'
import { readAddress } from './address.ts'
import { splitPastedContact } from './pasted.ts'

const read = (text: string) => {
  const { province, city, district, detail } = readAddress(text)
  return [province, city, district, detail].map((part) => part ?? '').join('|')
}

describe('reading addresses', () => {
  it.each([
    ['江苏省苏州市姑苏区人民路100号', '江苏省|苏州市|姑苏区|人民路100号'],
    ['江苏苏州昆山市花桥镇1号', '江苏省|苏州市|昆山市|花桥镇1号'],
    ['江苏苏州工业园区星湖街328号', '江苏省|苏州市||工业园区星湖街328号'],
    ['中国 - 江苏省 - 苏州市 - 姑苏区 - 人民路1号', '江苏省|苏州市|姑苏区|人民路1号'],
    ['北京市海淀区苏州街3号', '北京市|北京市|海淀区|苏州街3号'],
    ['上海市上海市徐汇区桂平路1号', '上海市|上海市|徐汇区|桂平路1号'],
    ['上海浦东张江路1号', '上海市|上海市|浦东新区|张江路1号'],
    ['上海南京西路100号', '上海市|上海市||南京西路100号'],
    ['番禺区化龙镇东龙大道66号', '广东省|广州市|番禺区|化龙镇东龙大道66号'],
    ['福建省鼓楼区鼓楼医院', '福建省|福州市|鼓楼区|鼓楼医院'],
    ['山东青岛市南区香港中路10号', '山东省|青岛市|市南区|香港中路10号'],
    ['吉林市船营区1号', '吉林省|吉林市|船营区|1号'],
    ['湖南湘西州吉首市1号', '湖南省|湘西土家族苗族自治州|吉首市|1号'],
    ['广东东莞科技园路217号', '广东省|东莞市||科技园路217号'],
    ['湖北省仙桃市彭场镇', '湖北省|仙桃市||彭场镇'],
    ['重庆市县城口县', '重庆市|重庆市|城口县|'],
    ['香港九龙尖沙咀', '香港特别行政区|||九龙尖沙咀'],
    ['我家的地址是江苏淮安清江浦区人民路111号', '江苏省|淮安市|清江浦区|人民路111号'],
    ['海南省三亚市天涯区海南省三亚市天涯区凤凰镇', '海南省|三亚市|天涯区|凤凰镇'],
    ['北京路12号', '|||北京路12号'],
    ['', '|||'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected))

  it.each([
    ['杭州市下城区体育场路1号', '浙江省|杭州市|拱墅区|体育场路1号'],
    ['杭州江干区钱江路', '浙江省|杭州市|上城区|钱江路'],
    ['南通市海门市解放路', '江苏省|南通市|海门区|解放路'],
    ['江苏省吴江市盛泽镇', '江苏省|苏州市|吴江区|盛泽镇'],
    ['山东省莱芜市莱城区1号', '山东省|济南市|莱芜区|1号'],
    ['北京市崇文区1号', '北京市|北京市|东城区|1号'],
    ['四川省双流县东升镇', '四川省|成都市|双流区|东升镇'],
  ])('%s is given by its name of today', (text, expected) => {
    expect(read(text)).toBe(expected)
    expect(readAddress(text).problems.some(({ code }) => code === 'former')).toBe(true)
  })

  it('does not guess where a district exists several times', () => {
    expect(readAddress('朝阳区建国路1号')).toMatchObject({
      province: null,
      adcode: null,
      problems: [{ code: 'ambiguous', text: '朝阳区' }],
    })
  })
})

describe('pasted delivery texts', () => {
  it.each([
    ['福州市福清市石竹街道3F，15070059494，林晓收', '林晓', '+8615070059494', '福清市', '石竹街道3F'],
    [
      '收货人：王小明 手机：138 0013 8000 地址：江苏省苏州市姑苏区人民路100号 邮编：215000',
      '王小明',
      '+8613800138000',
      '姑苏区',
      '人民路100号',
    ],
    ['张三，江苏省南京市鼓楼区中山路1号，025-83201234', '张三', '+862583201234', '鼓楼区', '中山路1号'],
    ['18133874375 上海奉贤区南桥镇程普路123号 朱某某', '朱某某', '+8618133874375', '奉贤区', '南桥镇程普路123号'],
  ])('%s', (text, name, phone, district, detail) => {
    const got = splitPastedContact(text)
    expect([got.name, got.phones[0]?.e164, got.address.district, got.address.detail]).toEqual([name, phone, district, detail])
  })
})
