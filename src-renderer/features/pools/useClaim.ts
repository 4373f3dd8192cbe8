import { useMutation } from '@tanstack/react-query'
import type { ClaimResult } from '../../../src-shared/features/pools/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { refusalText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

/** 领取: one click, and a toast that says what came of it and takes it back. */
export function useClaim(onDone: () => void) {
  const t = useText(text)
  const undo = useUndo()
  const why = ({ refused }: ClaimResult): string => {
    const [first] = refused
    const n = refused.reduce((sum, { count }) => sum + count, 0)
    return first ? t('left', { n: formatNumber(n), why: refusalText('pools', first.reason, first.detail) }) : ''
  }
  return useMutation(
    useApi().pools.claim.mutationOptions({
      onSuccess: (result) => {
        onDone()
        undo.say(`${t('claimed', { n: formatNumber(result.claimed) })}${why(result)}`, { procedure: 'pools.claim' })
      },
    }),
  )
}
