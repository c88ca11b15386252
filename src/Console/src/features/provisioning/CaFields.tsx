import { Badge, Field, makeStyles, Radio, RadioGroup, Textarea, tokens } from '@fluentui/react-components';
import { DocumentRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { FileButton } from '../../components/FileButton';
import { pluralText } from '../../format/count';
import { readText } from '../../format/readText';
import { timeText } from '../../format/time';
import { MaxPemLength, type CertificateInfo, type PemContent } from './certificates';

const useStyles = makeStyles({
  pem: {
    fontFamily: tokens.fontFamilyMonospace,
    '& textarea': { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  certificate: {
    display: 'flex',
    flexDirection: 'column',
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    overflowWrap: 'anywhere',
  },
  subject: { fontWeight: tokens.fontWeightSemibold },
});

interface CaFieldsProps {
  isOn: boolean;
  pem: string;
  problem: string | undefined;
  content: PemContent;
  mayChange: boolean;
  onChange: (change: { pki?: boolean; client_ca?: string }) => void;
}

/** Whether client certificates must come from a CA, and from which. */
export function CaFields({ isOn, pem, problem, content, mayChange, onChange }: CaFieldsProps) {
  const styles = useStyles();
  const [fileProblem, setFileProblem] = useState<string>();
  const read = async (file: File | undefined) => {
    if (file === undefined) {
      return;
    }

    const isTooLong = file.size > MaxPemLength * 4;
    const result = isTooLong ? { problem: 'This file is too large to be certificates of a CA.' } : await readText(file);
    if ('problem' in result) {
      setFileProblem(result.problem);
    } else {
      setFileProblem(undefined);
      onChange({ client_ca: result.text, pki: true });
    }
  };

  return (
    <>
      <Field label="Certificates come from">
        <RadioGroup value={isOn ? 'ca' : 'any'} disabled={!mayChange} onChange={(_, { value }) => onChange({ pki: value === 'ca' })}>
          <Radio value="any" label="Anywhere: the first certificate of an identity is kept, and only that one passes later" />
          <Radio value="ca" label="A CA: any certificate that it issued for the identity passes" />
        </RadioGroup>
      </Field>
      {(isOn || pem !== '') && (
        <>
          <Field
            label="Certificates of the CA"
            hint="PEM, one or several. Paste it, or choose a file."
            validationMessage={fileProblem ?? problem ?? null}
          >
            <Textarea
              className={styles.pem}
              value={pem}
              rows={6}
              resize="vertical"
              disabled={!mayChange}
              spellCheck={false}
              onChange={(_, { value }) => {
                setFileProblem(undefined);
                onChange({ client_ca: value });
              }}
            />
          </Field>
          {mayChange && (
            <div>
              <FileButton
                label="File of the CA's certificates"
                accept=".pem,.crt,.cer"
                icon={<DocumentRegular />}
                onFiles={([file]) => void read(file)}
              >
                Choose a file
              </FileButton>
            </div>
          )}
          {'certificates' in content && (
            <ul className={styles.list} aria-label="Certificates of the CA">
              {content.certificates.map((certificate, index) => (
                <Certificate key={index} certificate={certificate} />
              ))}
            </ul>
          )}
        </>
      )}
    </>
  );
}

const SoonDays = 30;

function Certificate({ certificate: { subject, issuer, notBefore, notAfter } }: { certificate: CertificateInfo }) {
  const styles = useStyles();
  const [now] = useState(Date.now);
  const days = Math.floor((notAfter - now) / 86_400_000);
  return (
    <li className={styles.certificate}>
      <span className={styles.subject}>{subject === '' ? 'No subject' : subject}</span>
      {issuer !== subject && <span>Issued by {issuer}</span>}
      <span>
        Expires {timeText(notAfter * 1000)}{' '}
        {now > notAfter ? (
          <Badge color="danger">Expired</Badge>
        ) : now < notBefore ? (
          <Badge color="warning">Not valid yet</Badge>
        ) : days < SoonDays ? (
          <Badge color="warning">{days === 0 ? 'Within a day' : `In ${pluralText(days, 'day')}`}</Badge>
        ) : null}
      </span>
    </li>
  );
}
