/** Signs and words around the names of places, as addresses are written. */
export const BETWEEN_SIGNS = ' \t\n-—–_,，、.。;；:：/\\|·>＞'
/** Levels also stand in brackets and quotes: 【浙江省】【杭州市】, 浙江省（杭州市）. */
export const BETWEEN_LEVELS = `${BETWEEN_SIGNS}()（）[]【】「」"“”<《》`
/** What a lead can begin with; asked first, for most addresses have none. */
export const LEAD_BEGINS = /^[中详收寄公联办注通家所单企经生营发送现地住邮总acAC\d:：（(【["“]/
export const LEAD =
  /^(?:(?:中华人民共和国|中国(?![一-龥]{0,6}(?:公司|银行|大厦|中心|广场|城))|(?:详细|收货|收件|寄件|公司|联系|办公|注册|通讯|通信|家庭|所在|单位|企业|经营|生产|营业|发货|送货|现)*(?:地\s?址|地区|住址|住所|所在地)(?:[是为]|[:：])?|(?:add(?:ress)?|china|cn)(?=[\s:：,，.])\.?|[（(]?(?:总部|总公司|公司)[)）]?(?:[:：位于在]+|(?=[)）]))|[（(【["“]|(?:邮编|邮政编码)?[:：]?\d{6}(?![\d号室弄楼栋幢座层])[)）\]】]?)[\s,，:：)）\]】]*)+/i
/** What makes a short name part of a street or a house: 南京西路, 北京大厦, 和平桥. */
const STREET =
  '[东西南北中]?(?:[一二三四五六七八九十]|[东西南北中])?(?:路|大?街|大道|道(?![县外里])|巷|弄|胡同|桥(?![东西])|广场|大厦|大楼|大?酒店|宾馆|饭店|公路|[湾嘴])'
/** A short city or province before one of these is part of a name: 北京路, 安康花园. */
export const STREET_FOLLOWS = new RegExp(`^(?:${STREET}|花园|小区|新村|公寓|[阁苑]|[区县市旗盟](?!辖|[南北中]区))`)
export const BUILDING_FOLLOWS = new RegExp(
  `^(?:${STREET}|[一-龥](?:路|街|大道)|[区县市旗](?!辖|[南北中]区)|公园|花园|小区|新村|公寓|商城|商厦|商场|银行|医院|大学|学院|中学|小学|火车|机场|车站|站|国际|线)`,
)

/** What follows a short district that nothing else names, where it is surely one: 江宁经济技术开发区. */
export const ZONE_FOLLOWS = /^(?:国家级?|省级)?(?:经济|经开|高新|高科技|工业|产业|开发|保税|综合保税|出口加工)/
/** Districts and cities whose short names are words: 东方花园, 天门大道. */
export const ALSO_WORDS: ReadonlySet<string> = new Set(['东方', '天门', '文昌', '双河', '平安', '和平', '新华'])
