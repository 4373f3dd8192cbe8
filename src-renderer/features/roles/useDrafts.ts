import { useBlocker } from '@tanstack/react-router'
import { useState } from 'react'
import type { Role } from '../../../src-shared/features/people/model.ts'
import { confirm } from '../../components/confirm.ts'
import { useText } from '../../kernel/text.ts'
import { changesBetween, type Draft, draftOf } from './draft.ts'
import { text } from './text.ts'

/** Unsaved rights, per role: one may look at another role and come back. Leaving the page asks first. */
export function useDrafts(roles: readonly Role[]) {
  const t = useText(text)
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({})
  const draftFor = (role: Role): Draft => drafts[role.id] ?? draftOf(role)
  const changesOf = (role: Role): number => {
    const draft = drafts[role.id]
    return draft ? changesBetween(draftOf(role), draft) : 0
  }
  const unsaved = roles.filter((role) => changesOf(role) > 0).length
  useBlocker({
    disabled: unsaved === 0,
    enableBeforeUnload: unsaved > 0,
    shouldBlockFn: async () =>
      !(await confirm({ title: t('leaveTitle', { n: unsaved }), body: t('leaveBody'), yes: t('leaveYes'), danger: true })),
  })
  return {
    draftFor,
    changesOf,
    change: (role: Role, draft: Draft) => setDrafts((old) => ({ ...old, [role.id]: draft })),
    forget: (role: Pick<Role, 'id'>) => setDrafts(({ [role.id]: _, ...rest }) => rest),
  }
}
