import { EnvironmentOutlined, FileTextOutlined, MailOutlined, PhoneOutlined, WechatOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { FollowUp } from '../../../src-shared/features/follow-ups/model.ts'

export const KIND_ICON: Record<FollowUp['kind'], ReactNode> = {
  call: <PhoneOutlined />,
  visit: <EnvironmentOutlined />,
  wechat: <WechatOutlined />,
  email: <MailOutlined />,
  note: <FileTextOutlined />,
}
