import { useQuery } from '@tanstack/react-query'
import { NoRight } from '../components/states.tsx'
import { permissionWord } from '../features/people/public.ts'
import { type AnyOf, useApi } from '../kernel/context.tsx'
import { useText } from '../kernel/text.ts'
import { text } from './text.ts'

/** Which right a page takes, in its business word; loaded only when somebody lacks one. `within`: the page is that of a menu beside it. */
export function NoRightPage({ needs, within = false }: { needs: AnyOf; within?: boolean }) {
  const t = useText(text)
  const granters = useQuery(useApi().people.granters.queryOptions({ input: {}, meta: { shown: true } }))
  const [right] = typeof needs === 'string' ? [needs] : needs
  const said = <NoRight what={t('noPermissionWhat')} right={right ? permissionWord(right) : ''} granters={granters.data ?? []} />
  return within ? said : <main className="page">{said}</main>
}
