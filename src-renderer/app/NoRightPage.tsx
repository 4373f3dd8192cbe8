import { useQuery } from '@tanstack/react-query'
import type { Permission } from '../../src-shared/kernel/permissions.ts'
import { NoRight } from '../components/states.tsx'
import { permissionWord } from '../features/people/public.ts'
import { useApi } from '../kernel/context.tsx'
import { useText } from '../kernel/text.ts'
import { text } from './text.ts'

/** Which right a page takes, in its business word; loaded only when somebody lacks one. */
export function NoRightPage({ needs }: { needs: Permission }) {
  const t = useText(text)
  const granters = useQuery(useApi().people.granters.queryOptions({ input: {}, meta: { shown: true } }))
  return (
    <main className="page">
      <NoRight what={t('noPermissionWhat')} right={permissionWord(needs)} granters={granters.data ?? []} />
    </main>
  )
}
