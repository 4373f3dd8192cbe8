import {
  FileExcelOutlined,
  FileImageOutlined,
  FileOutlined,
  FilePdfOutlined,
  FilePptOutlined,
  FileTextOutlined,
  FileWordOutlined,
  FileZipOutlined,
} from '@ant-design/icons'

/** The sign of what a file is, by its content. */
export function FileIcon({ type }: { type: string }) {
  if (type.startsWith('image/')) return <FileImageOutlined />
  if (type === 'application/pdf') return <FilePdfOutlined />
  if (/spreadsheet|excel|csv/.test(type)) return <FileExcelOutlined />
  if (/word/.test(type)) return <FileWordOutlined />
  if (/presentation|powerpoint/.test(type)) return <FilePptOutlined />
  if (/zip|rar|7z/.test(type)) return <FileZipOutlined />
  if (type.startsWith('text/')) return <FileTextOutlined />
  return <FileOutlined />
}
