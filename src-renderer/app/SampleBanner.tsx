import { useMutation } from '@tanstack/react-query'
import { confirm } from '../components/confirm.ts'
import { useApi, useCan, useMe } from '../kernel/context.tsx'
import { useText } from '../kernel/text.ts'
import { toast } from '../kernel/toast.tsx'
import { text } from './text.ts'

/** While sample data is there: says so, and takes it away in one click. */
export function SampleBanner() {
  const t = useText(text)
  const me = useMe()
  const mayRemove = useCan('settings.manage')
  const remove = useMutation(
    useApi().setup.removeSampleData.mutationOptions({
      onSuccess: ({ removed, kept }) => toast(t(kept > 0 ? 'removedSampleKept' : 'removedSample', { removed, kept })),
    }),
  )
  if (!me.hasSampleData) return null
  const ask = async () => {
    if (
      await confirm({
        title: t('removeSampleTitle'),
        body: t('removeSampleBody'),
        yes: t('removeSampleYes'),
        danger: true,
      })
    )
      remove.mutate({})
  }
  return (
    <div className="banner lamp">
      {t('sampleData')}
      {mayRemove && (
        <button type="button" className="bare b" disabled={remove.isPending} onClick={() => void ask()}>
          {t('removeSample')}
        </button>
      )}
    </div>
  )
}
