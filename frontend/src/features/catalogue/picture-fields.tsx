import { ActionIcon, Button, TextInput } from '@mantine/core';
import type { ImageInput } from '~/gql/graphql';
import { ArrowDownIcon, ArrowUpIcon, CloseIcon } from '~/shared/ui/icons';
import { Picture } from '~/shared/ui/picture';
import styles from './catalogue.module.css';

/** The pictures of a product: their addresses, what they show, their order. The first is the main one. */
export function PictureFields({
  images,
  onChange,
  wrongs,
  drawing,
}: {
  images: ImageInput[];
  onChange(images: ImageInput[]): void;
  /** What the server refuses, by path: images.0.url. */
  wrongs: Record<string, string>;
  /** What stands where an address leads to no picture. */
  drawing: string;
}) {
  const set = (at: number, change: Partial<ImageInput>) =>
    onChange(images.map((one, i) => (i === at ? { ...one, ...change } : one)));
  /** Puts one in the place of the next. */
  const swap = (at: number) =>
    onChange(images.map((one, i) => (i === at ? (images[at + 1] ?? one) : i === at + 1 ? (images[at] ?? one) : one)));
  return (
    <fieldset className={styles.pictures}>
      <legend>Pictures</legend>
      <p className={styles.quiet}>
        {images.length === 0 ? 'None: one is drawn.' : 'The first is the main one, which lists and cards show.'}
      </p>
      {images.map((image, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what tells them apart is their place; the fields are controlled
        <div key={at} className={styles.onePicture}>
          <div className={styles.thumb}>
            <Picture src={image.url} fallback={drawing} />
          </div>
          <div className={styles.pictureTexts}>
            <TextInput
              label={`Address of picture ${at + 1}`}
              value={image.url}
              onChange={(event) => set(at, { url: event.currentTarget.value })}
              error={wrongs[`images.${at}.url`]}
            />
            <TextInput
              label={`What picture ${at + 1} shows`}
              placeholder="For those who do not see it"
              value={image.alt ?? ''}
              onChange={(event) => set(at, { alt: event.currentTarget.value })}
              error={wrongs[`images.${at}.alt`]}
            />
          </div>
          <div className={styles.pictureButtons}>
            <ActionIcon
              variant="default"
              aria-label={`Move picture ${at + 1} up`}
              disabled={at === 0}
              onClick={() => swap(at - 1)}
            >
              <ArrowUpIcon size={16} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              aria-label={`Move picture ${at + 1} down`}
              disabled={at === images.length - 1}
              onClick={() => swap(at)}
            >
              <ArrowDownIcon size={16} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              aria-label={`Take picture ${at + 1} away`}
              onClick={() => onChange(images.filter((_, i) => i !== at))}
            >
              <CloseIcon size={16} />
            </ActionIcon>
          </div>
        </div>
      ))}
      {wrongs.images && <p role="alert">{wrongs.images}</p>}
      <div>
        <Button variant="default" size="xs" onClick={() => onChange([...images, { url: '', alt: '' }])}>
          Add a picture
        </Button>
      </div>
    </fieldset>
  );
}
