/** Beside the answer of a command: its number in the history, or 0 when there is nothing to take back. */
export const SEQ_HEADER = 'kezhan-seq'
