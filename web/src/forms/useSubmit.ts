import { type RefObject, type SubmitEvent, useEffect, useRef, useState } from 'react'

import type { Problems } from '@/api/errors'

interface Submission {
  form: RefObject<HTMLFormElement | null>
  isBusy: boolean
  problems: Problems
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void
}

/**
 * Submits a form, one request at a time, and focuses the first invalid field of the response.
 *
 * `send` returns the problems by field, and none on success.
 */
export function useSubmit(send: (form: FormData, element: HTMLFormElement) => Promise<Problems>): Submission {
  const form = useRef<HTMLFormElement>(null)
  const isSending = useRef(false)
  const [{ isBusy, problems }, setState] = useState<{ isBusy: boolean; problems: Problems }>({
    isBusy: false,
    problems: {},
  })
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [problems])

  const submit = async (element: HTMLFormElement): Promise<void> => {
    if (isSending.current) return
    isSending.current = true
    setState({ isBusy: true, problems: {} })
    let found: Problems = {}
    try {
      found = await send(new FormData(element), element)
    } finally {
      isSending.current = false
      setState({ isBusy: false, problems: found })
    }
  }
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    void submit(event.currentTarget)
  }
  return { form, isBusy, problems, onSubmit }
}
