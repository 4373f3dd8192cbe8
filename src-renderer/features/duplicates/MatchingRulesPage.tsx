import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { MATCHINGS, type Matching } from '../../../src-shared/kernel/matching/language.ts'
import { Loaded, Section, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useUndo } from '../../kernel/undoCommand.ts'
import { HowCompared } from './HowCompared.tsx'
import { text } from './text.ts'
import { WeightTable } from './WeightTable.tsx'

/** 查重规则: how customers are compared everywhere, and in which language their names are. */
export function MatchingRulesPage() {
  const t = useText(text)
  const mayFind = useCan('duplicates.find')
  const found = useQuery(useApi().setup.matching.queryOptions({ input: {}, meta: { shown: true } }))
  return (
    <SettingsPage title={t('rules')} note={t('rulesNote')}>
      <Loaded query={found} feature="setup" rows={3} height={48}>
        {({ matching }) => (
          <>
            <Section title={t('rulesLanguage')}>
              <Language matching={matching} />
            </Section>
            <Section title={t('rulesHow')}>
              <HowCompared matching={matching} />
              <div className="col g8 dup-apart">
                <div className="t2">{t('rulesApart')}</div>
                {mayFind && <Link to={'/duplicates' as string}>{t('rulesSearch')}</Link>}
              </div>
            </Section>
            <Section title={t('weights')}>
              <WeightTable matching={matching} />
            </Section>
          </>
        )}
      </Loaded>
    </SettingsPage>
  )
}

function Language({ matching }: { matching: Matching }) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const cache = useQueryClient()
  const mayChange = useCan('settings.manage')
  const change = useMutation(
    api.setup.changeMatching.mutationOptions({
      onSuccess: async (now) => {
        cache.setQueryData(api.setup.matching.queryKey({ input: {} }), now)
        await cache.invalidateQueries({ queryKey: api.setup.matching.key() })
        undo.say(t('rulesChanged', { language: t(`rules_${now.matching}`) }), { procedure: 'setup.changeMatching' })
      },
      onError: (error) => toast(failureText(error, 'setup'), { tone: 'bad' }),
    }),
  )
  return (
    <div className="set-choice">
      <div className="grow">
        <div className="b">{t(`rules_${matching}`)}</div>
        <div className="t3 s12">{t(mayChange ? 'rulesLanguageHint' : 'rulesReadOnly')}</div>
      </div>
      <Segmented
        aria-label={t('rulesLanguage')}
        disabled={!mayChange || change.isPending}
        value={matching}
        options={MATCHINGS.map((value) => ({ value, label: t(`rules_${value}`) }))}
        onChange={(value) => change.mutate({ matching: value })}
      />
    </div>
  )
}
