/** The commonest surnames: nineteen of twenty people bear one of them. */
const SINGLE =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂柴焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强车冉房边仇朴冼晏阚褚娄农蒲练喻宗窦候师竺满谌骆麦黎佟宫商滕应缪卓蔺岑'
const DOUBLE = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 司徒 夏侯 端木 南宫 宇文 长孙 独孤 轩辕 百里 呼延 闻人 澹台 公羊 赫连 万俟'.split(
    ' ',
  ),
)
const single = new Set(SINGLE)

/** The surname a Chinese personal name begins with, null when none does or the length is no person's. */
export function surnameOf(name: string): string | null {
  if (!/^[\u3400-\u9fff]{2,4}$/.test(name)) return null
  if (name.length >= 3 && DOUBLE.has(name.slice(0, 2))) return name.slice(0, 2)
  const first = name.slice(0, 1)
  return name.length <= 3 && single.has(first) ? first : null
}
