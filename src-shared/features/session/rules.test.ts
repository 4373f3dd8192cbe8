import { describe, expect, it } from 'vitest'
import { attempt, Refusal } from '../../kernel/refusal.ts'
import { LOGIN_REFUSALS, PASSWORD_REFUSALS } from './contract.ts'
import { loginKey, requireGoodPassword, waitAfter } from './rules.ts'
import { text } from './text.ts'

const reason = (password: string, names: string[] = []) => {
  const answer = attempt(() => requireGoodPassword(password, names))
  return answer instanceof Refusal ? answer.reason : null
}

describe('passwords', () => {
  it.each([
    '春江潮水连海平海上明月共',
    'correct horse battery',
    'tram-olive-94-gutter',
    'xK3!vQ9pLz2m',
    'wo de shu zhuo shang you san zhi mao',
  ])('%s is good', (password) => {
    expect(reason(password)).toBeNull()
  })

  it.each(['', 'abc', 'elevenchars', '密码密码密码密码密码密'])('"%s" is too short', (password) =>
    expect(reason(password)).toBe('tooShort'),
  )

  it('counts characters, and bounds bytes', () => {
    expect(reason('𠮷'.repeat(11))).toBe('tooShort')
    expect(reason(`${'春江潮水连海平'.repeat(50)}`)).toBe('tooLong')
  })

  it.each([
    'password1234',
    'Password1234',
    'P@ssw0rd1234',
    'passw0rd!!!!!',
    'admin1234567',
    '123456789012',
    '098765432109',
    '111111111111',
    'aaaaaaaaaaaa',
    'abcdefghijkl',
    'qwertyuiop12',
    '1q2w3e4r5t6y',
    'abc123abc123',
    'woaini1314520',
    'woaini5201314',
    'letmein-letmein-letmein',
    '123123123123',
    'iloveyou2024',
    'kezhan-2026-crm',
    '客栈客栈客栈客栈客栈客栈',
    '!!!!!!!!!!!!',
    '２０２６２０２６２０２６',
  ])('%s is common', (password) => expect(reason(password)).toBe('tooCommon'))

  it.each([
    ['yunfan-zhao-1', ['yunfan', 'zhao']],
    ['赵云帆赵云帆2026赵云', ['赵云帆']],
    ['KeShiDaLogistics1', ['KeshidaLogistics']],
    ['liu.min@2026', ['liu.min']],
  ])('%s is the name', (password, names) => expect(reason(password, names)).toBe('sameAsName'))

  it('a name inside a long phrase is no harm', () => expect(reason('zhao walks the dog at noon', ['zhao'])).toBeNull())
})

describe('tries', () => {
  it('wait from the third on, doubling to half a minute', () => {
    expect(Array.from({ length: 10 }, (_, failures) => waitAfter(failures))).toEqual([0, 0, 1, 2, 4, 8, 16, 30, 30, 30])
  })
  it('logins ignore case, width and blanks', () => expect(loginKey('  ＺｈａｎｇＷｅｉ ')).toBe('zhangwei'))
})

describe('words', () => {
  it('exist in both languages for every refusal', () => {
    const keys = [...LOGIN_REFUSALS, ...PASSWORD_REFUSALS].map((name) => `refusals.${name}`)
    for (const language of ['zh-CN', 'en-US'] as const) expect(keys.filter((key) => !(key in text[language]))).toEqual([])
    expect(Object.keys(text['en-US'])).toEqual(Object.keys(text['zh-CN']))
  })
})
