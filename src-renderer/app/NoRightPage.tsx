import type { Permission } from '../../src-shared/kernel/permissions.ts'
import { NoRight } from '../components/states.tsx'
import { permissionWord } from '../features/people/public.ts'
import { useText } from '../kernel/text.ts'
import { text } from './text.ts'

/** Which right a page takes, in its business word; loaded only when somebody lacks one. */
export function NoRightPage({ needs }: { needs: Permission }) {
  const t = useText(text)
  return (
    <main className="page">
      <NoRight what={t('noPermissionWhat')} right={permissionWord(needs)} />
    </main>
  )
}
