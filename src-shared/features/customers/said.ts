/** What a sheet of contacts or follow-ups says of whose they are. */
export const SAID_OF_CUSTOMER = ['name', 'phone', 'email', 'creditCode'] as const
/** The same with the number that he has here. */
export const SAID_WITH_NUMBER = [...SAID_OF_CUSTOMER, 'number'] as const
/** Of such a sheet a customer may be made whom nobody knows. */
export const MADE_CUSTOMER = { entity: 'customer', creates: 'customers.create', fields: SAID_OF_CUSTOMER } as const
