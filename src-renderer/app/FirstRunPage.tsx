import { ExperimentOutlined, FileAddOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, Select, Steps } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { requireGoodPassword } from '../../src-shared/features/session/rules.ts'
import { text as setup } from '../../src-shared/features/setup/text.ts'
import { attempt, Refusal } from '../../src-shared/kernel/refusal.ts'
import { InnDrawing } from '../components/Mark.tsx'
import { ErrorBox } from '../components/states.tsx'
import { useApi, useWelcome } from '../kernel/context.tsx'
import { failureText, refusalText } from '../kernel/errors.ts'
import { useIsPhone } from '../kernel/screen.ts'
import { registerSlice } from '../kernel/slices.ts'
import { forgetSetupToken, keepSetupAnswers, keptSetupAnswers } from '../kernel/setupToken.ts'
import { useText } from '../kernel/text.ts'
import { zoneOptions } from '../kernel/zones.ts'
import { useCreate } from '../kernel/useCreate.ts'
import { toast } from '../kernel/toast.tsx'
import { Entrance, LanguageSwitch } from './Entrance.tsx'
import { START } from './pages.ts'
import { text } from './setupText.ts'
import { text as appText } from './text.ts'

registerSlice('setup', setup)

type Answers = { company: string; timeZone: string; name: string; login: string; password: string; again: string }
const ADMIN = 2
const STEPS = ['stepCompany', 'stepZone', 'stepAdmin', 'stepSample'] as const
const FIELDS: readonly (keyof Answers)[][] = [['company'], ['timeZone'], ['name', 'login', 'password', 'again'], []]

/** The first run, one question per step; behind the one-time key in the address. */
export function FirstRunPage() {
  const t = useText(text)
  const app = useText(appText)
  const welcome = useWelcome()
  if (welcome.data && !welcome.data.needsSetup) return <Navigate to="/login" />
  return (
    <Entrance
      width={420}
      left={
        <>
          <InnDrawing width={340} />
          <div className="entrance-title">{t('headline')}</div>
          <div className="soft">
            {t('tagline1')}
            <br />
            {t('tagline2')}
          </div>
        </>
      }
      foot={welcome.data && app('version', { version: welcome.data.version })}
    >
      {welcome.data && !welcome.data.maySetup ? (
        <div className="load-failed">
          <ErrorBox title={t('noToken')} />
        </div>
      ) : (
        <Questions />
      )}
    </Entrance>
  )
}

function Questions() {
  const t = useText(text)
  const isPhone = useIsPhone()
  const { form, step, setStep, sampleData, setSampleData, keep, kept } = useAnswers()
  const complete = useComplete()
  const last = step === STEPS.length - 1
  const next = async () => {
    await form.validateFields([...(FIELDS[step] ?? [])])
    if (!last) return setStep(step + 1)
    const { again: _, ...answers } = form.getFieldsValue(true) as Answers
    // After F5 the passwords are gone with the page: they are typed again.
    if (!answers.password) return setStep(ADMIN)
    await complete.send({ ...answers, sampleData })
  }
  return (
    <Form<Answers>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="setup"
      initialValues={{ timeZone: 'Asia/Shanghai', ...kept }}
      onValuesChange={keep}
      onFinish={() => void next()}
      size="large"
    >
      <Steps
        size="small"
        responsive={false}
        current={step}
        // On a phone four titles do not fit beside each other: only where one stands is named.
        items={STEPS.map((key, i) => ({ title: isPhone && i !== step ? '' : t(key) }))}
        className="setup-steps"
      />
      <div className="setup-body">
        {step === 0 && <CompanyStep />}
        {step === 1 && <ZoneStep />}
        {step === 2 && <AdminStep />}
        {step === 3 && <SampleStep value={sampleData} onChange={setSampleData} />}
        {complete.error && (
          <div className="gap-above">
            <ErrorBox title={failureText(complete.error, 'setup')} error={complete.error} />
          </div>
        )}
      </div>
      <div className="setup-foot">
        {step > 0 && <Button onClick={() => setStep(step - 1)}>{t('back')}</Button>}
        {step === 0 && <LanguageSwitch />}
        <span className="grow" />
        <Button type="primary" htmlType="submit" loading={complete.isPending}>
          {last ? t('finish') : t('next')}
        </Button>
      </div>
    </Form>
  )
}

/** The step, what was typed, and where it is kept so that F5 begins where it was. */
function useAnswers() {
  const [form] = Form.useForm<Answers>()
  const [kept] = useState(keptSetupAnswers)
  const [step, setStep] = useState(Math.min(Number(kept['step'] ?? 0), ADMIN))
  const [sampleData, setSampleData] = useState(kept['sampleData'] === true)
  const keep = () => {
    const { company, timeZone, name, login } = form.getFieldsValue(true) as Answers
    keepSetupAnswers({ company, timeZone, name, login, step, sampleData })
  }
  useEffect(keep)
  const { step: _step, sampleData: _sample, ...values } = kept
  return { form, step, setStep, sampleData, setSampleData, keep, kept: values as Partial<Answers> }
}

function useComplete() {
  const t = useText(text)
  const api = useApi()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const { create, error, isPending } = useCreate((context) =>
    api.setup.complete.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: async () => {
        forgetSetupToken()
        cache.clear()
        toast(t('done'))
        await navigate({ to: START, replace: true })
      },
    }),
  )
  return { send: create, error, isPending }
}

const Question = ({ title, hint, children }: { title: string; hint: string; children: ReactNode }) => (
  <>
    <h2>{title}</h2>
    <p className="t2">{hint}</p>
    {children}
  </>
)

function CompanyStep() {
  const t = useText(text)
  return (
    <Question title={t('companyTitle')} hint={t('companyHint')}>
      <Form.Item name="company" className="setup-fields" rules={[{ required: true, whitespace: true, message: t('required') }]}>
        <Input autoFocus placeholder={t('companyPlaceholder')} maxLength={200} />
      </Form.Item>
    </Question>
  )
}

function ZoneStep() {
  const t = useText(text)
  return (
    <Question title={t('zoneTitle')} hint={t('zoneHint')}>
      <Form.Item name="timeZone" className="setup-fields" rules={[{ required: true, message: t('required') }]}>
        <Select
          showSearch={{ filterOption: (typed, option) => option?.search.includes(typed.trim().toLowerCase()) ?? false }}
          autoFocus
          options={[...zoneOptions()]}
        />
      </Form.Item>
    </Question>
  )
}

/** The rule of the host, asked where the password is typed and not a step later. */
const goodPassword = ({ login, name, company }: Answers) => ({
  validator: (_: unknown, value: string) => {
    const answer = attempt(() => requireGoodPassword(value, [login, name, company]))
    return answer instanceof Refusal ? Promise.reject(new Error(refusalText('setup', answer.reason))) : Promise.resolve()
  },
})

function AdminStep() {
  const t = useText(text)
  const needed = { required: true, whitespace: true, message: t('required') }
  return (
    <Question title={t('adminTitle')} hint={t('adminHint')}>
      <div className="setup-fields">
        <Form.Item name="name" label={t('name')} rules={[needed]}>
          <Input autoFocus maxLength={100} autoComplete="name" />
        </Form.Item>
        <Form.Item
          name="login"
          label={t('login')}
          extra={t('loginHint')}
          className="hint-or-error"
          rules={[needed, { min: 2, message: t('loginHint') }]}
        >
          <Input maxLength={100} autoComplete="username" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          extra={t('passwordHint')}
          dependencies={['name', 'login']}
          rules={[needed, ({ getFieldsValue }) => goodPassword(getFieldsValue(true) as Answers)]}
          validateFirst
          className="hint-or-error"
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('again')}
          dependencies={['password']}
          rules={[
            needed,
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue('password') ? Promise.resolve() : Promise.reject(new Error(t('differs'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </div>
    </Question>
  )
}

function SampleStep({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  const t = useText(text)
  const choices = [
    { value: false, icon: <FileAddOutlined />, title: t('sampleNo'), hint: t('sampleNoHint') },
    { value: true, icon: <ExperimentOutlined />, title: t('sampleYes'), hint: t('sampleYesHint') },
  ]
  return (
    <Question title={t('sampleTitle')} hint={t('sampleHint')}>
      <div className="col g12 setup-choices" role="radiogroup">
        {choices.map((choice) => (
          <button
            type="button"
            key={choice.title}
            role="radio"
            aria-checked={choice.value === value}
            className={`choice${choice.value === value ? ' on' : ''}`}
            onClick={() => onChange(choice.value)}
          >
            <span className="choice-icon">{choice.icon}</span>
            <span className="grow">
              <span className="b choice-title">{choice.title}</span>
              <span className="t2 block">{choice.hint}</span>
            </span>
            <span className="choice-radio" />
          </button>
        ))}
      </div>
    </Question>
  )
}
