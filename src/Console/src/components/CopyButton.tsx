import { Button, type ButtonProps } from '@fluentui/react-components';
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { useCopy } from './useCopy';

/** Copies a text; says so for a moment. */
export function CopyButton({ text, label, children, ...button }: { text: string; label: string } & ButtonProps) {
  const [isCopied, setCopied] = useState(false);
  const copy = useCopy();
  useEffect(() => {
    if (isCopied) {
      const timer = setTimeout(() => setCopied(false), 2_000);
      return () => clearTimeout(timer);
    }

    return undefined;
  }, [isCopied]);

  const title = isCopied ? 'Copied' : label;
  return (
    <Button
      appearance="subtle"
      {...button}
      {...(children === undefined && { 'aria-label': title })}
      title={title}
      icon={isCopied ? <CheckmarkRegular /> : <CopyRegular />}
      onClick={async () => setCopied(await copy(text))}
    >
      {children}
    </Button>
  );
}
