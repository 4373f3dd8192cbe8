export const peopleHandlers = {} as never
