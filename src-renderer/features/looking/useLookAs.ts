import { useMutation } from '@tanstack/react-query'
import { confirm } from '../../components/confirm.ts'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** Begins to look as somebody: the whole window is loaded anew, so that nothing of one's own sight is left in it. */
export function useLookAs() {
  const t = useText(text)
  const begin = useMutation(useApi().looking.as.mutationOptions({ onSuccess: () => location.assign('/') }))
  return async (user: { userId: string; name: string }): Promise<void> => {
    const sure = await confirm({
      title: t('lookTitle', { name: user.name }),
      body: t('lookBody'),
      yes: t('lookYes'),
    })
    if (sure) begin.mutate({ userId: user.userId as Parameters<typeof begin.mutate>[0]['userId'] })
  }
}
