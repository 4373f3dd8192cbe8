// Generated from the migrated schema by `npm run db:types`; do not edit.
import type { Generated } from 'kysely'

export type AddressTable = {
  id: string
  customerId: string
  label: string
  recipient: string | null
  phone: string | null
  province: string | null
  city: string | null
  district: string | null
  detail: string | null
  issue: string | null
  custom: Generated<string>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  deletedAt: string | null
  deletedWith: string | null
  version: Generated<number>
}

export type ApprovalTable = {
  id: string
  subject: string
  subjectId: string
  flowId: string
  flowName: string
  steps: string
  step: Generated<number>
  applicantId: string | null
  status: string
  title: string
  summary: string
  mark: string
  note: string | null
  startedAt: string
  endedAt: string | null
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type ApprovalDecisionTable = {
  id: string
  approvalId: string
  step: number
  approverId: string | null
  delegateOf: string | null
  passedTo: string | null
  decision: string
  because: string | null
  note: string | null
  at: string
  createdAt: string
}

export type ApprovalFlowTable = {
  id: string
  subject: string
  name: string
  conditions: Generated<string>
  enabled: Generated<number>
  position: Generated<number>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type ApprovalStepTable = {
  id: string
  flowId: string
  position: number
  kind: string
  roleId: string | null
  level: number | null
  employeeId: string | null
  mode: Generated<string>
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type BillingProfileTable = {
  id: string
  customerId: string
  title: string
  kind: Generated<string>
  taxNumber: string | null
  address: string | null
  phone: string | null
  bank: string | null
  account: string | null
  email: string | null
  mailAddress: string | null
  isDefault: Generated<number>
  issue: string | null
  custom: Generated<string>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
  deletedAt: string | null
  deletedWith: string | null
}

export type CalendarDayTable = {
  id: string
  day: string
  kind: string
  name: string | null
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type CalendarHoursTable = {
  id: string
  weekday: number
  spans: string
  updatedAt: string
  version: Generated<number>
}

export type CommandTable = {
  seq: number
  id: string
  at: string
  actorId: string | null
  actorName: string
  origin: string
  procedure: string
  action: string
  entity: string | null
  recordId: string | null
  detail: string | null
  batchId: string | null
  undoes: number | null
  irreversible: string | null
  rowCount: number
  images: string
  previous: string
  hash: string
}

export type ContactTable = {
  id: string
  customerId: string
  name: string
  nameSort: Generated<string>
  title: string | null
  phone: string | null
  phone2: string | null
  email: string | null
  wechat: string | null
  isPrimary: Generated<number>
  note: string | null
  issue: string | null
  custom: Generated<string>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  deletedAt: string | null
  deletedWith: string | null
  version: Generated<number>
  birthday: string | null
}

export type CredentialTable = {
  userId: string
  passwordHash: string
  mustChange: Generated<number>
  changedAt: string
}

export type CurrentCommandTable = {
  id: number
  seq: number | null
}

export type CustomFieldTable = {
  id: string
  entity: string
  key: string
  label: string
  labelKey: string
  type: string
  options: Generated<string>
  unit: string | null
  precision: number | null
  formula: string | null
  position: number
  archivedAt: string | null
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type CustomerTable = {
  id: string
  name: string
  nameSort: Generated<string>
  nameCore: Generated<string>
  kind: Generated<string>
  level: string | null
  status: Generated<string>
  ownerId: string | null
  phone: string | null
  phone2: string | null
  email: string | null
  website: string | null
  creditCode: string | null
  industry: string | null
  source: string | null
  province: string | null
  city: string | null
  district: string | null
  address: string | null
  note: string | null
  nextFollowUpAt: string | null
  lastFollowUpAt: string | null
  issue: string | null
  custom: Generated<string>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  deletedAt: string | null
  deletedWith: string | null
  version: Generated<number>
  poolId: string | null
  poolEnteredAt: string | null
  ownerSince: string | null
  lastOwnerId: string | null
  wonAt: string | null
  mergedIntoId: string | null
  number: string | null
}

export type DepartmentTable = {
  id: string
  name: string
  parentId: string | null
  managerId: string | null
  position: Generated<number>
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type DocumentTemplateTable = {
  id: string
  kind: string
  title: string
  head: Generated<string>
  intro: Generated<string>
  terms: Generated<string>
  signature: Generated<string>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type DuplicateGroupTable = {
  runId: string
  n: number
  sure: number
  score: number
  because: string
}

export type DuplicateMemberTable = {
  runId: string
  n: number
  customerId: string
}

export type DuplicatePairTable = {
  runId: string
  firstId: string
  secondId: string
  sure: number
  bits: number
}

export type DuplicateRunTable = {
  id: string
  userId: string | null
  userName: string
  state: string
  customers: Generated<number>
  compared: Generated<number>
  sure: Generated<number>
  maybe: Generated<number>
  createdAt: string
  finishedAt: string | null
}

export type EmployeeTable = {
  id: string
  name: string
  nameSort: Generated<string>
  phone: string | null
  email: string | null
  hiredOn: string | null
  leftOn: string | null
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type EmploymentTable = {
  id: string
  employeeId: string
  departmentId: string | null
  managerId: string | null
  rank: string | null
  team: string | null
  validFrom: string
  validTo: string | null
  createdAt: string
}

export type EvaluationDimensionTable = {
  id: string
  name: string
  weight: number
  position: Generated<number>
  archivedAt: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type EvaluationLevelTable = {
  id: string
  dimensionId: string
  name: string
  points: number
  position: Generated<number>
  archivedAt: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type FavouriteTable = {
  userId: string
  entity: string
  recordId: string
  position: number
  at: string
}

export type FieldSettingTable = {
  id: string
  entity: string
  field: string
  required: Generated<number>
  requiredWhen: string | null
  visibleWhen: string | null
  isUnique: Generated<number>
  defaultValue: string | null
  help: string | null
  options: Generated<string>
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type FileTable = {
  id: string
  entity: string
  recordId: string
  customerId: string
  name: string
  type: string
  size: number
  sha256: string
  authorId: string | null
  issue: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  deletedAt: string | null
  deletedWith: string | null
  version: Generated<number>
}

export type FileGoneTable = {
  id: string
  createdAt: string
}

export type FileUploadTable = {
  id: string
  userId: string
  name: string
  type: string
  size: number
  sha256: string
  createdAt: string
}

export type FollowUpTable = {
  id: string
  customerId: string
  contactId: string | null
  kind: string
  text: string
  happenedAt: string
  nextAt: string | null
  authorId: string | null
  issue: string | null
  custom: Generated<string>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  deletedAt: string | null
  deletedWith: string | null
  version: Generated<number>
  internal: Generated<number>
  pinnedAt: string | null
  replyTo: string | null
  opportunityId: string | null
}

export type FormLayoutTable = {
  id: string
  entity: string
  layout: string
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type HoldingLimitTable = {
  id: string
  employeeId: string | null
  departmentId: string | null
  most: number
  without: Generated<string>
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type IdempotencyTable = {
  actor: string
  key: string
  procedure: string
  inputHash: string
  seq: number | null
  reply: string | null
  at: string
}

export type ImportMemoryTable = {
  fingerprint: string
  entity: string
  mapping: string
  at: string
}

export type ImportRunTable = {
  id: string
  entity: string
  fileName: string
  fileSize: number
  userId: string | null
  userName: string
  state: string
  batchId: string
  jobId: string | null
  mapping: string | null
  options: string | null
  summary: string | null
  rowsRead: Generated<number>
  created: Generated<number>
  updated: Generated<number>
  skipped: Generated<number>
  failed: Generated<number>
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  undoneAt: string | null
  undoUntil: string | null
}

export type InvoiceTable = {
  id: string
  number: string
  status: Generated<string>
  kind: string
  customerId: string | null
  requesterId: string | null
  requestedOn: string
  amountFen: number
  buyer: string
  buyerKind: string
  taxNumber: string | null
  address: string | null
  phone: string | null
  bank: string | null
  account: string | null
  email: string | null
  mailAddress: string | null
  officialNumber: string | null
  issuedOn: string | null
  postedOn: string | null
  expressNo: string | null
  voidReason: string | null
  note: string | null
  issue: string | null
  custom: Generated<string>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
  deletedAt: string | null
  deletedWith: string | null
}

export type InvoiceLineTable = {
  id: string
  invoiceId: string
  orderId: string
  amountFen: number
  position: number
  createdAt: string
}

export type JobTable = {
  id: string
  kind: string
  title: string
  ownerId: string | null
  ownerName: string
  state: string
  input: string
  cursor: string | null
  done: Generated<number>
  total: number | null
  result: string | null
  error: string | null
  attempt: Generated<number>
  runKey: string | null
  wanted: string | null
  createdAt: string
  startedAt: string | null
  beatAt: string | null
  finishedAt: string | null
}

export type JournalTable = {
  id: number
  seq: number
  tbl: string
  rowId: string
  op: string
  before: string | null
  after: string | null
}

export type LeadTable = {
  id: string
  number: string | null
  name: string
  nameSort: Generated<string>
  company: string | null
  person: string | null
  title: string | null
  phone: string | null
  wechat: string | null
  email: string | null
  province: string | null
  city: string | null
  district: string | null
  address: string | null
  industry: string | null
  campaign: string | null
  note: string | null
  sourceId: string | null
  poolId: string | null
  homePoolId: string | null
  ownerId: string | null
  status: Generated<string>
  arrivedAt: string
  assignedAt: string | null
  firstFollowUpAt: string | null
  lastFollowUpAt: string | null
  nextFollowUpAt: string | null
  invalidReasonId: string | null
  invalidNote: string | null
  invalidAt: string | null
  convertedAt: string | null
  convertedCustomerId: string | null
  convertedContactId: string | null
  convertedOpportunityId: string | null
  issue: string | null
  custom: Generated<string>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  deletedAt: string | null
  deletedWith: string | null
  version: Generated<number>
}

export type LeadFollowUpTable = {
  id: string
  leadId: string
  kind: string
  text: string
  happenedAt: string
  nextAt: string | null
  authorId: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type LeadInvalidReasonTable = {
  id: string
  name: string
  nameKey: string
  position: Generated<number>
  archivedAt: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type LeadMoveTable = {
  id: string
  leadId: string
  kind: string
  employeeId: string | null
  fromEmployeeId: string | null
  poolId: string | null
  ruleId: string | null
  byEmployeeId: string | null
  createdAt: string
}

export type LeadPoolTable = {
  id: string
  name: string
  nameKey: string
  cap: number | null
  recycleDays: number | null
  archivedAt: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type LeadPoolMemberTable = {
  id: string
  poolId: string
  employeeId: string
  createdAt: string
}

export type LeadRuleTable = {
  id: string
  name: string
  position: Generated<number>
  enabled: Generated<number>
  sources: Generated<string>
  places: Generated<string>
  method: string
  members: Generated<string>
  hours: string | null
  poolId: string | null
  archivedAt: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type LeadSourceTable = {
  id: string
  name: string
  nameKey: string
  position: Generated<number>
  archivedAt: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type ListViewTable = {
  id: string
  entity: string
  kind: string
  name: string
  ownerId: string
  definition: string
  audience: string
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type LoginGuardTable = {
  key: string
  failures: number
  lastAt: string
  lockedUntil: string | null
}

export type LostReasonTable = {
  id: string
  name: string
  nameKey: string
  position: Generated<number>
  archivedAt: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type MatchKeyTable = {
  key: number
  doc: number
}

export type MentionTable = {
  id: string
  followUpId: string
  employeeId: string
  createdAt: string
}

export type MetaTable = {
  key: string
  value: string
}

export type NotDuplicateTable = {
  id: string
  firstId: string
  secondId: string
  createdAt: string
  createdBy: string | null
}

export type NotificationTable = {
  id: string
  employeeId: string
  kind: string
  entity: string
  recordId: string | null
  many: Generated<number>
  byName: string
  detail: Generated<string>
  seq: number
  batchId: string | null
  at: string
  readAt: string | null
}

export type NumberCounterTable = {
  entity: string
  period: string
  last: number
}

export type NumberRuleTable = {
  id: string
  entity: string
  pattern: string
  reset: string
  start: Generated<number>
  enabled: Generated<number>
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type OpportunityTable = {
  id: string
  number: string | null
  name: string
  nameSort: Generated<string>
  customerId: string | null
  contactId: string | null
  ownerId: string | null
  pipelineId: string
  stageId: string
  state: string
  stageEnteredAt: string
  amount: number | null
  currency: Generated<string>
  expectedOn: string | null
  nextStep: string | null
  nextAt: string | null
  source: string | null
  competitor: string | null
  note: string | null
  closedAt: string | null
  closedOn: string | null
  lostReasonId: string | null
  lostNote: string | null
  issue: string | null
  custom: Generated<string>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  deletedAt: string | null
  deletedWith: string | null
  version: Generated<number>
  amountByHand: Generated<number>
}

export type OpportunityLineTable = {
  id: string
  opportunityId: string
  productId: string | null
  name: string
  unit: string | null
  quantity: Generated<string>
  priceFen: number | null
  discount: Generated<string>
  amountFen: number | null
  position: Generated<number>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type OpportunityRatingTable = {
  id: string
  opportunityId: string
  dimensionId: string
  levelId: string
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type OpportunityStageTable = {
  id: string
  opportunityId: string
  stageId: string
  fromStageId: string | null
  enteredAt: string
  leftAt: string | null
  byEmployeeId: string | null
  createdAt: string
}

export type OrderLineTable = {
  id: string
  orderId: string
  productId: string | null
  name: string
  unit: string | null
  quantity: string
  priceFen: number
  discount: Generated<string>
  taxRate: string | null
  listPriceFen: number | null
  costFen: number | null
  amountFen: number
  position: number
  note: string | null
  createdAt: string
}

export type OrderPersonTable = {
  id: string
  orderId: string
  employeeId: string
  role: string
  share: string
  position: number
  createdAt: string
}

export type OrderRevisionTable = {
  id: string
  orderId: string
  seq: number
  recordedOn: string
  was: string
  became: string
  byEmployeeId: string | null
  createdAt: string
}

export type PaymentTable = {
  id: string
  number: string
  kind: Generated<string>
  customerId: string | null
  refundOf: string | null
  authorId: string | null
  receivedOn: string
  amountFen: number
  allocatedFen: Generated<number>
  method: string
  reference: string | null
  note: string | null
  issue: string | null
  custom: Generated<string>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
  deletedAt: string | null
  deletedWith: string | null
}

export type PaymentAllocationTable = {
  id: string
  paymentId: string
  orderId: string
  planId: string | null
  amountFen: number
  position: number
  createdAt: string
}

export type PaymentPlanTable = {
  id: string
  orderId: string
  position: number
  dueOn: string
  amountFen: number
  receivedFen: Generated<number>
  void: Generated<number>
  note: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type PipelineTable = {
  id: string
  name: string
  nameKey: string
  position: Generated<number>
  archivedAt: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type PoolTable = {
  id: string
  name: string
  nameKey: string
  note: string | null
  hidden: Generated<string>
  dailyClaims: number | null
  dailyViews: number | null
  coolingDays: Generated<number>
  position: Generated<number>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type PoolMemberTable = {
  id: string
  poolId: string
  employeeId: string | null
  departmentId: string | null
  manages: Generated<number>
  createdAt: string
}

export type PoolMoveTable = {
  id: string
  customerId: string
  poolId: string
  kind: string
  employeeId: string | null
  ruleId: string | null
  reason: string | null
  day: string
  createdAt: string
  createdBy: string | null
}

export type PoolRuleTable = {
  id: string
  poolId: string
  name: string
  basis: string
  field: string | null
  days: number
  levelDays: Generated<string>
  without: Generated<string>
  dayKind: Generated<string>
  remindDays: Generated<number>
  enabledAt: string | null
  startsOn: string | null
  allowed: Generated<number>
  position: Generated<number>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type PoolRunTable = {
  id: string
  ruleId: string
  ruleName: string
  ruleVersion: number
  at: string
  byName: string | null
  state: string
  due: Generated<number>
  moved: Generated<number>
  kept: Generated<number>
  reminded: Generated<number>
  batchId: string | null
  note: string | null
}

export type PoolViewTable = {
  employeeId: string
  day: string
  poolId: string
  customerId: string
}

export type PriceListTable = {
  id: string
  name: string
  nameKey: string
  level: string | null
  validFrom: string
  validTo: string | null
  enabled: Generated<number>
  position: Generated<number>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type PriceListItemTable = {
  id: string
  priceListId: string
  productId: string
  priceFen: number
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type ProductTable = {
  id: string
  name: string
  nameSort: Generated<string>
  number: string | null
  categoryId: string | null
  unit: string | null
  spec: string | null
  barcode: string | null
  priceFen: number | null
  taxRate: string | null
  status: Generated<string>
  description: string | null
  custom: Generated<string>
  issue: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  deletedAt: string | null
  deletedWith: string | null
  version: Generated<number>
  stocked: Generated<number>
}

export type ProductCategoryTable = {
  id: string
  name: string
  nameKey: string
  path: string
  parentId: string | null
  position: Generated<number>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type ProductCostTable = {
  id: string
  productId: string
  costFen: number
  validFrom: string
  note: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type PurchaseTable = {
  id: string
  number: string | null
  supplier: string | null
  warehouseId: string
  stage: Generated<string>
  mark: string | null
  expectedOn: string | null
  amountFen: Generated<number>
  ordered: Generated<number>
  received: Generated<number>
  authorId: string | null
  note: string | null
  cancelReason: string | null
  issue: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
  deletedAt: string | null
}

export type PurchaseLineTable = {
  id: string
  purchaseId: string
  position: number
  productId: string
  orderId: string | null
  units: number
  priceFen: number | null
  received: Generated<number>
  note: string | null
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type QuoteTable = {
  id: string
  number: string | null
  name: string
  nameSort: Generated<string>
  customerId: string | null
  contactId: string | null
  opportunityId: string | null
  ownerId: string | null
  state: Generated<string>
  rootId: string
  versionNo: Generated<number>
  superseded: Generated<number>
  quotedOn: string
  validUntil: string | null
  currency: Generated<string>
  linesFen: Generated<number>
  discountFen: Generated<number>
  totalFen: Generated<number>
  taxFen: Generated<number>
  listFen: Generated<number>
  costFen: number | null
  belowCost: Generated<number>
  discountBp: Generated<number>
  mark: string | null
  note: string | null
  terms: string | null
  sentAt: string | null
  decidedAt: string | null
  reason: string | null
  issue: string | null
  custom: Generated<string>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  deletedAt: string | null
  deletedWith: string | null
  version: Generated<number>
}

export type QuoteLineTable = {
  id: string
  quoteId: string
  position: number
  productId: string | null
  name: string
  spec: string | null
  unit: string | null
  quantity: string
  priceFen: number
  discount: Generated<string>
  taxRate: string | null
  listPriceFen: number | null
  costFen: number | null
  amountFen: number
  note: string | null
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type RecentRecordTable = {
  userId: string
  entity: string
  recordId: string
  at: string
}

export type RecordMemberTable = {
  id: string
  entity: string
  recordId: string
  employeeId: string
  access: string
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type RecordTagTable = {
  id: string
  tagId: string
  entity: string
  recordId: string
  createdAt: string
}

export type RefundRequestTable = {
  id: string
  paymentId: string
  orderId: string | null
  amountFen: number
  receivedOn: string
  method: string
  reference: string | null
  note: string | null
  state: Generated<string>
  requesterId: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type RoleTable = {
  id: string
  name: string
  builtin: string | null
  description: string | null
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type RoleFieldRightTable = {
  id: string
  roleId: string
  entity: string
  field: string
  fieldRight: string
}

export type RolePermissionTable = {
  id: string
  roleId: string
  permission: string
  scope: string
}

export type SalesOrderTable = {
  id: string
  number: string | null
  name: string
  nameSort: Generated<string>
  customerId: string | null
  contactId: string | null
  opportunityId: string | null
  ownerId: string | null
  status: Generated<string>
  signedOn: string | null
  deliveredOn: string | null
  currency: Generated<string>
  linesFen: Generated<number>
  discountFen: Generated<number>
  totalFen: Generated<number>
  taxFen: Generated<number>
  listFen: number | null
  costFen: number | null
  expenseFen: number | null
  receivedFen: Generated<number>
  refundedFen: Generated<number>
  cancelReason: string | null
  note: string | null
  issue: string | null
  custom: Generated<string>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
  deletedAt: string | null
  deletedWith: string | null
  quoteId: string | null
  startsOn: string | null
  endsOn: string | null
  approval: string | null
  approvalMark: string | null
}

export type ScheduleTable = {
  id: string
  kind: string
  cron: string
  zone: string
  enabled: Generated<number>
  missed: string
  owner: Generated<string>
  nextRunAt: string | null
  lastRunAt: string | null
  lastState: string | null
  lastResult: string | null
  retries: Generated<number>
  maxRetries: Generated<number>
}

export type SearchDocTable = {
  id: number
  entity: string
  recordId: string
  customerId: string | null
  keys: string
}

export type SearchIndexTable = {
  name: string | null
  pinyin: string | null
  initials: string | null
  digits: string | null
  scope: string | null
  rowid: number
}

export type SearchPendingTable = {
  doc: number
  name: string | null
  pinyin: string | null
  initials: string | null
  digits: string | null
  scope: string | null
}

export type SessionTable = {
  id: string
  tokenHash: string
  userId: string
  origin: string
  device: string
  createdAt: string
  lastSeenAt: string
  idleUntil: string
  expiresAt: string
  looksAs: string | null
}

export type SourceCostTable = {
  id: string
  source: string
  fromOn: string
  toOn: string
  amountFen: number
  note: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type StageTable = {
  id: string
  pipelineId: string
  name: string
  kind: string
  probability: number
  rotDays: number | null
  required: Generated<string>
  position: Generated<number>
  archivedAt: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type StockLevelTable = {
  id: string
  productId: string
  warehouseId: string
  onHand: Generated<number>
  demand: Generated<number>
  issue: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
  deletedAt: string | null
}

export type StockMoveTable = {
  id: string
  levelId: string
  kind: string
  units: number
  reason: string | null
  forced: Generated<number>
  orderId: string | null
  purchaseId: string | null
  purchaseLineId: string | null
  doc: string | null
  otherId: string | null
  byEmployeeId: string | null
  createdAt: string
}

export type StockReservationTable = {
  id: string
  orderId: string
  levelId: string
  wanted: number
  position: number
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type TagTable = {
  id: string
  name: string
  nameKey: string
  tone: Generated<string>
  createdAt: string
  updatedAt: string
  version: Generated<number>
  archivedAt: string | null
}

export type TargetTable = {
  id: string
  kind: string
  period: string
  employeeId: string | null
  departmentId: string | null
  amount: number
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type UserAccountTable = {
  id: string
  employeeId: string | null
  login: string
  loginKey: string
  disabledAt: string | null
  createdAt: string
  updatedAt: string
  version: Generated<number>
}

export type UserRoleTable = {
  id: string
  userId: string
  roleId: string
}

export type UserSettingTable = {
  userId: string
  key: string
  value: string
}

export type WarehouseTable = {
  id: string
  name: string
  nameKey: string
  isDefault: Generated<number>
  archived: Generated<number>
  position: Generated<number>
  createdAt: string
  createdBy: string | null
  updatedAt: string
  version: Generated<number>
}

export type WorkDayTable = {
  day: string
  n: number
}

export type WorkspaceTable = {
  id: string
  company: string
  timeZone: string
  language: Generated<string>
  phoneArea: string | null
  matching: Generated<string>
  sampleBatchId: string | null
  createdAt: string
  updatedAt: string
  version: Generated<number>
  fileMaxBytes: Generated<number>
  fileQuotaBytes: Generated<number>
}

export type Tables = {
  address: AddressTable
  approval: ApprovalTable
  approvalDecision: ApprovalDecisionTable
  approvalFlow: ApprovalFlowTable
  approvalStep: ApprovalStepTable
  billingProfile: BillingProfileTable
  calendarDay: CalendarDayTable
  calendarHours: CalendarHoursTable
  command: CommandTable
  contact: ContactTable
  credential: CredentialTable
  currentCommand: CurrentCommandTable
  customField: CustomFieldTable
  customer: CustomerTable
  department: DepartmentTable
  documentTemplate: DocumentTemplateTable
  duplicateGroup: DuplicateGroupTable
  duplicateMember: DuplicateMemberTable
  duplicatePair: DuplicatePairTable
  duplicateRun: DuplicateRunTable
  employee: EmployeeTable
  employment: EmploymentTable
  evaluationDimension: EvaluationDimensionTable
  evaluationLevel: EvaluationLevelTable
  favourite: FavouriteTable
  fieldSetting: FieldSettingTable
  file: FileTable
  fileGone: FileGoneTable
  fileUpload: FileUploadTable
  followUp: FollowUpTable
  formLayout: FormLayoutTable
  holdingLimit: HoldingLimitTable
  idempotency: IdempotencyTable
  importMemory: ImportMemoryTable
  importRun: ImportRunTable
  invoice: InvoiceTable
  invoiceLine: InvoiceLineTable
  job: JobTable
  journal: JournalTable
  lead: LeadTable
  leadFollowUp: LeadFollowUpTable
  leadInvalidReason: LeadInvalidReasonTable
  leadMove: LeadMoveTable
  leadPool: LeadPoolTable
  leadPoolMember: LeadPoolMemberTable
  leadRule: LeadRuleTable
  leadSource: LeadSourceTable
  listView: ListViewTable
  loginGuard: LoginGuardTable
  lostReason: LostReasonTable
  matchKey: MatchKeyTable
  mention: MentionTable
  meta: MetaTable
  notDuplicate: NotDuplicateTable
  notification: NotificationTable
  numberCounter: NumberCounterTable
  numberRule: NumberRuleTable
  opportunity: OpportunityTable
  opportunityLine: OpportunityLineTable
  opportunityRating: OpportunityRatingTable
  opportunityStage: OpportunityStageTable
  orderLine: OrderLineTable
  orderPerson: OrderPersonTable
  orderRevision: OrderRevisionTable
  payment: PaymentTable
  paymentAllocation: PaymentAllocationTable
  paymentPlan: PaymentPlanTable
  pipeline: PipelineTable
  pool: PoolTable
  poolMember: PoolMemberTable
  poolMove: PoolMoveTable
  poolRule: PoolRuleTable
  poolRun: PoolRunTable
  poolView: PoolViewTable
  priceList: PriceListTable
  priceListItem: PriceListItemTable
  product: ProductTable
  productCategory: ProductCategoryTable
  productCost: ProductCostTable
  purchase: PurchaseTable
  purchaseLine: PurchaseLineTable
  quote: QuoteTable
  quoteLine: QuoteLineTable
  recentRecord: RecentRecordTable
  recordMember: RecordMemberTable
  recordTag: RecordTagTable
  refundRequest: RefundRequestTable
  role: RoleTable
  roleFieldRight: RoleFieldRightTable
  rolePermission: RolePermissionTable
  salesOrder: SalesOrderTable
  schedule: ScheduleTable
  searchDoc: SearchDocTable
  searchIndex: SearchIndexTable
  searchPending: SearchPendingTable
  session: SessionTable
  sourceCost: SourceCostTable
  stage: StageTable
  stockLevel: StockLevelTable
  stockMove: StockMoveTable
  stockReservation: StockReservationTable
  tag: TagTable
  target: TargetTable
  userAccount: UserAccountTable
  userRole: UserRoleTable
  userSetting: UserSettingTable
  warehouse: WarehouseTable
  workDay: WorkDayTable
  workspace: WorkspaceTable
}
