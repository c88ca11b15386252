import { Button, Tooltip, type ButtonProps } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';

/** Copies a text; says so for a moment. */
export function CopyButton({ text, label, children, ...button }: { text: string; label: string } & ButtonProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (isCopied) {
      const timer = setTimeout(() => setCopied(false), 2_000);
      return () => clearTimeout(timer);
    }

    return undefined;
  }, [isCopied]);

  const copy = async () => {
    await copyText(text);
    setCopied(true);
  };

  return (
    <Tooltip content={isCopied ? 'Copied' : label} relationship={children === undefined ? 'label' : 'description'}>
      <Button appearance="subtle" {...button} icon={isCopied ? <CheckmarkRegular /> : <CopyRegular />} onClick={copy}>
        {children}
      </Button>
    </Tooltip>
  );
}

// Over plain http browsers have no clipboard for pages, but for localhost; a selection can be copied everywhere.
async function copyText(text: string): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- absent over plain http
  if (navigator.clipboard !== undefined) {
    await navigator.clipboard.writeText(text);
    return;
  }

  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a clipboard
  document.execCommand('copy');
  area.remove();
}
