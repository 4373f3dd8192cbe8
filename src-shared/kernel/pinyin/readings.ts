/** Readings that the library's dictionary lacks or gives otherwise: places above all. */
export const PLACES: Readonly<Record<string, string>> = {
  单县: 'shàn xiàn',
  乐清: 'yuè qīng',
  乐亭: 'lào tíng',
  乐都: 'lè dū',
  洪洞: 'hóng tóng',
  莘县: 'shēn xiàn',
  莘庄: 'xīn zhuāng',
  浚县: 'xùn xiàn',
  涡阳: 'guō yáng',
  铅山: 'yán shān',
  尉犁: 'yù lí',
  蔚县: 'yù xiàn',
  歙县: 'shè xiàn',
  东阿: 'dōng ē',
  阿胶: 'ē jiāo',
  大埔: 'dà bù',
  黄埔: 'huáng pǔ',
  黄陂: 'huáng pí',
  泌阳: 'bì yáng',
  珲春: 'hún chūn',
  会稽: 'kuài jī',
  筠连: 'jūn lián',
  什邡: 'shí fāng',
  栎阳: 'yuè yáng',
  江都: 'jiāng dū',
  繁峙: 'fán shì',
  喀什: 'kā shí',
  牟平: 'mù píng',
  中牟: 'zhōng mù',
  长安: 'cháng ān',
  长宁: 'cháng níng',
  长乐: 'cháng lè',
  长清: 'cháng qīng',
  长兴: 'cháng xīng',
  重庆: 'chóng qìng',
}

/**
 * Characters that people type by more than one reading, so that a search by each finds the name; rare and old readings are left
 * out, because every one of them stands in the index. Without tone, ü as v.
 */
const SEVERAL = `
阿 a e|柏 bai bo|磅 bang pang|蚌 beng bang|薄 bo bao|堡 bao pu bu|暴 bao pu|贲 ben bi|便 bian pian|玢 bin fen|伯 bo bai|泊 bo po
卜 bu bo|参 can shen|藏 cang zang|曾 zeng ceng|查 cha zha|差 cha chai|颤 chan zhan|长 chang zhang|朝 chao zhao|车 che ju|谌 chen shen
称 cheng chen|澄 cheng deng|匙 shi chi|仇 chou qiu|臭 chou xiu|畜 xu chu|传 chuan zhuan|幢 zhuang chuang|褚 chu zhu|枞 zong cong
大 da dai|单 dan shan chan|弹 dan tan|澹 dan tan|翟 zhai di|调 diao tiao|佃 dian tian|钿 dian tian|町 ting ding|侗 dong tong|洞 dong tong
都 du dou|度 du duo|恶 e wu|蕃 fan bo|番 fan pan|繁 fan po|费 fei bi|佛 fo fu|脯 fu pu|盖 gai ge|镐 gao hao|蛤 ge ha|给 gei ji|句 ju gou
龟 gui jun qiu|还 huan hai|行 hang xing|核 he hu|黑 hei he|虹 hong jiang|浒 hu xu|郇 xun huan|会 hui kuai|浍 hui kuai|珲 hui hun|稽 ji qi
奇 qi ji|祭 ji zhai|夹 jia ga|贾 jia gu|茄 qie jia|槛 kan jian|将 jiang qiang|强 qiang jiang|降 jiang xiang|嚼 jiao jue|角 jiao jue
校 xiao jiao|峤 qiao jiao|桔 ju jie|颉 jie xie|解 jie xie|芥 jie gai|劲 jin jing|颈 jing geng|隽 jun juan|圈 quan juan|觉 jue jiao
浚 jun xun|筠 yun jun|咖 ka ga|卡 ka qia|壳 ke qiao|隗 wei kui|勒 le lei|乐 le yue lao|棱 leng ling|栎 li yue|了 liao le|六 liu lu
碌 lu liu|陆 lu liu|露 lu lou|率 lv shuai|绿 lv lu|泷 long shuang|弄 nong long|络 luo lao|落 luo la|漯 luo ta|埋 mai man|脉 mai mo
蔓 man wan|没 mei mo|糜 mi mei|泌 mi bi|秘 mi bi|宓 mi fu|渑 mian sheng|缪 miao mou|模 mo mu|万 wan mo|牟 mou mu|娜 na nuo|难 nan nuo
粘 zhan nian|尿 niao sui|炮 pao bao|陂 bei pi|屏 ping bing|埔 pu bu|朴 pu piao po|瀑 pu bao|栖 qi xi|俟 si qi|纤 xian qian|铅 qian yan
茜 qian xi|荨 xun qian|乾 qian gan|鞘 qiao shao|亲 qin qing|覃 qin tan|区 qu ou|雀 que qiao|塞 sai se|色 se shai|莎 sha suo|刹 cha sha
杉 shan sha|厦 xia sha|召 zhao shao|折 zhe she|歙 she xi|沈 shen chen|莘 xin shen|晟 sheng cheng|盛 sheng cheng|省 sheng xing|什 shi shen
石 shi dan|似 si shi|适 shi kuo|峙 zhi shi|术 shu zhu|俞 yu shu|说 shuo yue|宿 su xiu|缩 suo su|汤 tang shang|提 ti di|拓 tuo ta|屯 tun zhun
圩 wei xu|宛 wan yuan|莞 guan wan|尾 wei yi|尉 wei yu|蔚 wei yu|涡 wo guo|洗 xi xian|系 xi ji|蹊 xi qi|郗 xi chi|虾 xia ha|吓 xia he
巷 xiang hang|削 xiao xue|血 xue xie|荥 xing ying|咽 yan ye|殷 yin yan|钥 yao yue|叶 ye xie|遗 yi wei|艾 ai yi|涌 yong chong|员 yuan yun
择 ze zhai|扎 zha za|轧 ya zha ga|柞 zuo zha|种 zhong chong|重 chong zhong|著 zhu zhuo|转 zhuan zhuai|椎 zhui chui|着 zhuo zhe zhao
仔 zi zai|钻 zuan|溱 qin zhen|拗 ao niu|镡 tan xin`

/** By character, the first the reading most often meant. */
export const OTHER_READINGS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  SEVERAL.trim()
    .split(/[|\n]/)
    .map((entry) => {
      const [character = '', ...readings] = entry.split(' ')
      return [character, readings]
    })
    .filter(([, readings]) => (readings?.length ?? 0) > 1),
)
