import { overfull } from '../../../src-shared/features/handover/rules.ts'
import { Person } from '../../components/Avatar.tsx'
import { Chip } from '../../components/marks.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { givenText } from './given.ts'
import { text } from './text.ts'
import type { Choices } from './useHandover.ts'

/** What each successor gets, beside what he holds and may hold. */
export function Shares({ choices }: { choices: Choices }) {
  const t = useText(text)
  const { shares, previewError } = choices
  const over = new Set(overfull(shares).map(({ employeeId }) => employeeId))
  return (
    <section className="handover-part">
      <h3>{t('shares')}</h3>
      {previewError && <div className="field-error">{failureText(previewError, 'handover', 'load')}</div>}
      {!previewError && shares.length === 0 && <div className="t3">{t('sharesEmpty')}</div>}
      {shares.length > 0 && (
        <table className="handover-shares">
          <thead>
            <tr>
              <th scope="col">{t('successor')}</th>
              <th scope="col">{t('gets')}</th>
              <th scope="col">{t('holds')}</th>
              <th scope="col">{t('after')}</th>
              <th scope="col">{t('limit')}</th>
            </tr>
          </thead>
          <tbody>
            {shares.map(({ employeeId, name, customers, others, held, most }) => (
              <tr key={employeeId}>
                <th scope="row">
                  <Person name={name} />
                  {Object.keys(others).length > 0 && (
                    <div className="t3 s12 num">{t('alsoGets', { what: givenText(others) })}</div>
                  )}
                </th>
                <td className="num b">{formatNumber(customers)}</td>
                <td className="num">{formatNumber(held)}</td>
                <td className="num">{formatNumber(held + customers)}</td>
                <td className="num">
                  {most === null ? <span className="t3">{t('noLimit')}</span> : formatNumber(most)}{' '}
                  {most !== null && over.has(employeeId) && (
                    <Chip tone="warn">{t('over', { n: formatNumber(held + customers - most) })}</Chip>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
