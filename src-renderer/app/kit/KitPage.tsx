import { useEffect, useState } from 'react'
import type { Me } from '../../../src-shared/features/session/contract.ts'
import { MeProvider } from '../../kernel/context.tsx'
import { choose } from '../appearance.tsx'
import { KitGrid } from './KitGrid.tsx'
import { KitSheet } from './KitSheet.tsx'

const visitor: Me = {
  userId: '',
  employeeId: null,
  name: '',
  login: '',
  roles: [],
  company: '',
  timeZone: 'Asia/Shanghai',
  permissions: {},
  fieldRights: {},
  mustChangePassword: false,
  lookedBy: null,
  hasSampleData: false,
  seq: 0,
}

/** /kit shows every component, /kit?grid=100000 the list over made-up rows; `theme=dark` for the other palette. */
export function KitPage() {
  const [query] = useState(() => new URLSearchParams(location.search))
  useEffect(() => choose({ mode: query.get('theme') === 'dark' ? 'dark' : 'light' }), [query])
  const rows = Number(query.get('grid') ?? 0)
  return <MeProvider me={visitor}>{rows > 0 ? <KitGrid count={rows} /> : <KitSheet />}</MeProvider>
}
