/**
 * What people type when they are asked for a password. Letters only: digits and signs around a common word make it no rarer, so
 * `rules.ts` takes them off before it looks here.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `password passwort passwd pass passphrase passwordpassword mypassword yourpassword newpassword thepassword password password one
  admin administrator adminadmin superadmin sysadmin root toor rootroot user username guest default test testtest testing tester demo sample example
  login loginlogin signin letmein letmeinnow welcome welcomeback welcomehome hello hellohello helloworld hellokitty changeme changeit changethis
  secret topsecret mysecret secretsecret private access accessgranted open opensesame sesame master masterkey server service support office company
  business manager boss staff sales finance customer customers crm system computer internet network windows microsoft google apple iphone android samsung
  huawei xiaomi lenovo tencent wechat weixin alibaba taobao baidu alipay zhifubao facebook twitter linkedin amazon oracle mysql postgres mongodb
  qwerty qwertyqwerty qwertyui qwertyuio qwertyuiop qwertyuiopasdf qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm qwertz qwertzuiop azerty azertyuiop
  asdf asdfasdf asdfgh asdfghjk asdfghjkl asdfghjklqwertyuiop zxcv zxcvbn zxcvbnm zxcvbnmasdfghjkl qazwsx qazwsxedc qazwsxedcrfv qazwsxedcrfvtgb wsxedc edcrfv
  qweasd qweasdzxc qweasdzxcrfv asdzxc asdqwe zaqwsx zaqxsw zaqxswcde xswcde poiuytrewq lkjhgfdsa mnbvcxz qpwoeiruty qwaszx plokij
  abc abcd abcde abcdef abcdefg abcdefgh abcdefghi abcdefghij abcdefghijk abcdefghijkl abcdefghijklm abcabc abcabcabc abcdabcd abcdabcdabcd aabbcc aabbccdd
  aaa aaaaaa bbb xxx xxxxxx zzz zzzzzz qqq qqqqqq www wwwwww asd qwe zxc qaz wsx qqww
  iloveyou iloveyouso iloveu ilovey loveyou lovelove love lovely loveme loveyouforever iloveme iloveyoubaby forever foreverlove sunshine princess
  dragon monkey football baseball basketball soccer hockey superman batman spiderman starwars pokemon minecraft shadow michael jordan jennifer jessica
  ashley daniel thomas george charlie andrew robert william david james john mary anna maria angel flower freedom whatever trustno trustnoone nothing
  summer winter spring autumn monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
  happy happyday happynewyear lucky luckyday money moneymoney rich million success family mother father baby babygirl babyboy cookie chocolate coffee pepper ginger
  tiger lion eagle horse rabbit killer hunter ranger buster harley ferrari mercedes porsche mustang corvette yamaha honda toyota bmwbmw
  matrix phoenix liverpool chelsea arsenal manchester barcelona realmadrid england america canada germany france china beijing shanghai guangzhou shenzhen hangzhou
  zhongguo zhonghua zhongguoren beijinghuanyingni woaini woainiwoaini woaiwojia woainima woaiziji woaibeijing woaizhongguo wodemima wodemimashi mima mimamima
  mimashi wangjimima denglumima guanliyuan guanlimima yonghuming zhanghao denglu nihao nihaoma nihaonihao dajiahao huanying huanyingguanglin xiexie
  xinnian xinniankuaile shengrikuaile gongxifacai facai facaila fafafa baofu zhaocaijinbao caiyuanguangjin jintian mingtian zuotian woshishui nishishui
  woshiguanliyuan woshilaoban laoban laobanniang gongsi gongsimima kehu kehuguanli xiaoshou xiaoshoubu caiwu caiwubu kefu kefubu jingli zongjingli bangongshi
  zhangwei wangwei wangfang liwei lina zhangmin lijing wangjing liuwei zhangli wangxiu lixiu chenwei chenjing liuyang wangqiang zhangjie lijie wangtao zhangtao
  caonima nimabi nimade qunimade shabi tamade wocao wori aini ainiyiwannian ainiyishengyishi yishengyishi yiwannian tianchangdijiu laogong laopo laogonglaopo
  baobei baobeibaobei xiaobao xiaopengyou xiaoxiao xiaolong xiaohu long longlong feifei maomao doudou dudu lele huanhuan jingjing yingying nini
  kezhan kezhancrm mykezhan kezhankezhan kezhanadmin kezhanmima kezhanguanli crmkezhan crmadmin admincrm kezhanpassword crmpassword keyword`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** Whole passwords of twelve characters and more that lists of leaks carry in front, and that no rule above would catch. */
export const COMMON_WHOLE: ReadonlySet<string> = new Set(
  `1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o0p 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc zaq12wsxcde3 zaq12wsx3edc qwer1234asdf qwer1234qwer 1234qwerasdf
  1234qwer1234 q1w2e3r4t5y6 q1w2e3r4t5y6u7 a1b2c3d4e5f6 a1b2c3d4e5f6g7 1a2b3c4d5e6f abc123abc123 123abc123abc 123qwe123qwe qwe123qwe123 asd123asd123 123qweasdzxc qweasdzxc123
  1qaz@wsx3edc !qaz2wsx3edc !qaz@wsx#edc 1qaz!qaz2wsx 5201314woaini woaini520131 5201314520131 13145201314 520131452013 147258369147 147258369000 159357159357 159753159753
  789456123789 789456123000 963852741000 741852963000 112233445566 11223344556677 998877665544 102030405060 010203040506 123123456456 000111222333 111222333444 121212121212
  123654789123 314159265358 3141592653589 271828182845 100200300400 188188188188 168168168168 666888666888 888666888666`
    .split(/\s+/)
    .filter((word) => word !== ''),
)
