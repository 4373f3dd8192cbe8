import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ClaimResult } from '../../../src-shared/features/pools/model.ts'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { refusalText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

/** 领取: one click, and a toast that says what came of it and takes it back; `opens`: and leads to him, where he has left the page. */
export function useClaim(onDone: () => void, { opens = false } = {}) {
  const t = useText(text)
  const undo = useUndo()
  const navigate = useNavigate()
  const why = ({ refused }: ClaimResult): string =>
    refused
      .map(({ reason, count, detail }) => t('left', { n: formatNumber(count), why: refusalText('pools', reason, detail) }))
      .join('')
  return useMutation(
    useApi().pools.claim.mutationOptions({
      onSuccess: (result, { ids }) => {
        onDone()
        const [only] = opens && ids.length === 1 ? ids : []
        undo.say(`${t('claimed', { n: formatNumber(result.claimed) })}${why(result)}`, {
          procedure: 'pools.claim',
          ...(only && { next: { label: t('openClaimed'), run: () => void navigate({ to: `/customers/${only}` }) } }),
        })
      },
    }),
  )
}
