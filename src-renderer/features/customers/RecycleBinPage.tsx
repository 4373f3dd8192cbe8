export function RecycleBinPage() { return null }
