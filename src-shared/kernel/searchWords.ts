/** So many characters are searched for, in a list and everywhere; more is a paste gone astray, and the fields take no more. */
export const LONGEST_SEARCH = 200
