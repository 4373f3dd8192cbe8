import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Form, Input, Modal } from 'antd'
import { useApi } from '../kernel/context.tsx'
import { failureText } from '../kernel/errors.ts'
import { useText } from '../kernel/text.ts'
import { toast } from '../kernel/toast.tsx'
import { text as appText } from './text.ts'
import { text } from './passwordText.ts'

type Values = { current: string; next: string; again: string }

/** One's own password; ends every other session of the account. */
export function ChangePassword({ open, forced, onClose }: { open: boolean; forced: boolean; onClose: () => void }) {
  const t = useText(text)
  const app = useText(appText)
  const [form] = Form.useForm<Values>()
  const change = useMutation(
    useApi().session.changePassword.mutationOptions({
      meta: { shown: true },
      onSuccess: () => {
        toast(t('changed'))
        form.resetFields()
        onClose()
      },
    }),
  )
  return (
    <Modal
      open={open}
      title={t('title')}
      footer={null}
      closable={!forced}
      mask={{ closable: false }}
      keyboard={!forced}
      onCancel={onClose}
      width={400}
      destroyOnHidden
    >
      {forced && <Alert type="warning" title={app('mustChange')} className="gap-below" />}
      <Form<Values> form={form} layout="vertical" onFinish={({ current, next }) => change.mutate({ current, next })}>
        <Form.Item name="current" label={t('current')} rules={[{ required: true, message: app('required') }]}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <Form.Item
          name="next"
          label={t('next')}
          extra={t('rule')}
          rules={[
            { required: true, message: app('required') },
            { min: 12, message: t('tooShort') },
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('again')}
          dependencies={['next']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value === getFieldValue('next') ? Promise.resolve() : Promise.reject(new Error(t('differs'))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {change.error && <div className="field-error gap-below">{failureText(change.error, 'session')}</div>}
        <Button type="primary" htmlType="submit" block loading={change.isPending}>
          {t('save')}
        </Button>
      </Form>
    </Modal>
  )
}
