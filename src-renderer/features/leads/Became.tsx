import './leads.css'
import { Link } from '@tanstack/react-router'
import type { Lead } from '../../../src-shared/features/leads/model.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** What a lead became; a name only for who may see it. */
export function Became({ row }: { row: Lead }) {
  const t = useText(text)
  const { customer, contact, opportunity } = row.became ?? { customer: null, contact: null, opportunity: null }
  if (!customer && !contact && !opportunity) return null
  const unseen = <span className="t3">{t('unseen')}</span>
  return (
    <div className="lead-became s12">
      {customer && (
        <span>
          <span className="t3">{t('becameCustomer')} </span>
          {customer.name ? (
            <Link to="/customers/$id" params={{ id: customer.id }}>
              {customer.name}
            </Link>
          ) : (
            unseen
          )}
        </span>
      )}
      {contact && (
        <span>
          <span className="t3">{t('becameContact')} </span>
          {contact.name ?? unseen}
        </span>
      )}
      {opportunity && (
        <span>
          <span className="t3">{t('becameOpportunity')} </span>
          {opportunity.name ? (
            <Link to="/opportunities/$id" params={{ id: opportunity.id }}>
              {opportunity.name}
            </Link>
          ) : (
            unseen
          )}
        </span>
      )}
    </div>
  )
}
