import { ExperimentOutlined, FileAddOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, Select, Steps } from 'antd'
import { type ReactNode, useState } from 'react'
import { InnDrawing } from '../components/Mark.tsx'
import { ErrorBox } from '../components/states.tsx'
import { useApi, useWelcome } from '../kernel/context.tsx'
import { failureText } from '../kernel/errors.ts'
import { useIsPhone } from '../kernel/screen.ts'
import { forgetSetupToken } from '../kernel/setupToken.ts'
import { useText } from '../kernel/text.ts'
import { zoneOptions } from '../kernel/zones.ts'
import { toast } from '../kernel/toast.tsx'
import { Entrance, LanguageSwitch } from './Entrance.tsx'
import { START } from './pages.ts'
import { text } from './setupText.ts'
import { text as appText } from './text.ts'

type Answers = { company: string; timeZone: string; name: string; login: string; password: string; again: string }
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
  const [step, setStep] = useState(0)
  const [sampleData, setSampleData] = useState(false)
  const [form] = Form.useForm<Answers>()
  const complete = useComplete()
  const last = step === STEPS.length - 1
  const next = async () => {
    await form.validateFields([...(FIELDS[step] ?? [])])
    if (!last) return setStep(step + 1)
    const { again: _, ...answers } = form.getFieldsValue(true) as Answers
    complete.mutate({ ...answers, sampleData })
  }
  return (
    <Form<Answers>
      form={form}
      layout="vertical"
      requiredMark={false}
      className="setup"
      initialValues={{ timeZone: 'Asia/Shanghai' }}
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

function useComplete() {
  const t = useText(text)
  const cache = useQueryClient()
  const navigate = useNavigate()
  return useMutation(
    useApi().setup.complete.mutationOptions({
      meta: { shown: true },
      onSuccess: async () => {
        forgetSetupToken()
        cache.clear()
        toast(t('done'))
        await navigate({ to: START, replace: true })
      },
    }),
  )
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

function AdminStep() {
  const t = useText(text)
  const needed = { required: true, whitespace: true, message: t('required') }
  return (
    <Question title={t('adminTitle')} hint={t('adminHint')}>
      <div className="setup-fields">
        <Form.Item name="name" label={t('name')} rules={[needed]}>
          <Input autoFocus maxLength={100} autoComplete="name" />
        </Form.Item>
        <Form.Item name="login" label={t('login')} extra={t('loginHint')} rules={[needed, { min: 2, message: t('loginHint') }]}>
          <Input maxLength={100} autoComplete="username" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          extra={t('passwordHint')}
          rules={[needed, { min: 12, message: t('tooShort') }]}
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
