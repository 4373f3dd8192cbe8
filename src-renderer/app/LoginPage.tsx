import { LockOutlined, UserOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { InnDrawing } from '../components/Mark.tsx'
import { useApi, useWelcome } from '../kernel/context.tsx'
import { failureOf, failureText, isUnreachable } from '../kernel/errors.ts'
import { forgetPerson } from '../kernel/person.ts'
import { type Translate, useText } from '../kernel/text.ts'
import { Entrance, LanguageSwitch } from './Entrance.tsx'
import { START } from './pages.ts'
import { text } from './text.ts'

/** Only ways inside: an address in the query must not lead to another site. */
const insideOnly = (from: unknown): string =>
  typeof from === 'string' && /^\/(?!\/)/.test(from) && !from.startsWith('/login') ? from : START

export function LoginPage() {
  const t = useText(text)
  const welcome = useWelcome()
  if (welcome.data?.needsSetup) return <Navigate to="/setup" search={(old: Record<string, unknown>) => old} />
  return (
    <Entrance
      width={520}
      left={
        <div className="center login-inn">
          <InnDrawing width={380} />
          <div className="entrance-title">{welcome.data?.company}</div>
          <div className="soft">
            {location.protocol === 'app:' ? t('onlyThisComputer') : t('host', { host: location.hostname })}
          </div>
        </div>
      }
      foot={welcome.data && t('version', { version: welcome.data.version })}
    >
      <LoginForm />
    </Entrance>
  )
}

function LoginForm() {
  const t = useText(text)
  const { from, why } = useSearch({ strict: false }) as { from?: unknown; why?: unknown }
  const navigate = useNavigate()
  const cache = useQueryClient()
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const [capsLock, setCapsLock] = useState(false)
  const enter = useMutation(
    useApi().session.login.mutationOptions({
      meta: { shown: true },
      onSuccess: async () => {
        forgetPerson()
        cache.clear()
        await navigate({ to: insideOnly(from), replace: true })
      },
      // What has been typed since it was sent is the next try's.
      onError: (_, sent) => setPassword((now) => (now === sent.password ? '' : now)),
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (login.trim() && password && !enter.isPending) enter.mutate({ login: login.trim(), password })
  }
  const watchCaps = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  return (
    <form className="login" onSubmit={submit}>
      <h2>{t('signIn')}</h2>
      <p className={why === 'ended' ? 'tlamp' : 't3'} role="status">
        {t(why === 'ended' ? 'endedWhy' : insideOnly(from) === START ? 'signInHint' : 'signInFirst')}
      </p>
      <label htmlFor="login" className="t2 login-label block">
        {t('account')}
      </label>
      <Input
        id="login"
        size="large"
        autoFocus
        autoComplete="username"
        value={login}
        onChange={(event) => setLogin(event.target.value)}
        prefix={<UserOutlined className="t3" />}
      />
      <label htmlFor="password" className="t2 login-label block">
        {t('password')}
      </label>
      <Input.Password
        id="password"
        size="large"
        autoComplete="current-password"
        value={password}
        status={enter.error ? 'error' : ''}
        onChange={(event) => setPassword(event.target.value)}
        onKeyUp={watchCaps}
        prefix={<LockOutlined className="t3" />}
      />
      {enter.error ? (
        <div className="field-error gap-above" role="alert">
          {loginError(t, enter.error)}
        </div>
      ) : (
        capsLock && <div className="s12 tlamp gap-above">{t('capsLock')}</div>
      )}
      <Button type="primary" size="large" block htmlType="submit" loading={enter.isPending} className="login-button">
        {t('signIn')}
      </Button>
      <div className="center login-foot">
        <LanguageSwitch />
      </div>
    </form>
  )
}

/** How many tries are left, how long to wait: numbers, not just "wrong". */
function loginError(t: Translate<keyof (typeof text)['zh-CN']>, error: unknown): string {
  const failure = failureOf(error)
  if (isUnreachable(error)) return t('hostAway')
  if (failure?.code !== 'REFUSED') return failureText(error, 'session')
  const detail = failure.data?.detail ?? {}
  const tries = detail['triesLeft']
  const seconds = detail['waitSeconds']
  switch (failure.data?.reason) {
    case 'wrongPassword':
      return typeof tries === 'number' ? t('wrongPassword', { n: tries }) : t('wrongPasswordPlain')
    case 'wait':
      return t('wait', { n: typeof seconds === 'number' ? seconds : 1 })
    case 'locked':
      return typeof seconds === 'number' ? t('locked', { n: Math.ceil(seconds / 60) }) : t('lockedPlain')
    case 'disabled':
      return t('disabled')
    default:
      return failureText(error, 'session')
  }
}
