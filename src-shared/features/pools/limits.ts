/** So many are claimed at once; a daily cap is rarely more. */
export const CLAIM_AT_MOST = 500
