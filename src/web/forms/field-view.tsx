import type { FC, PropsWithChildren } from 'hono/jsx';
import type { Field } from '../../../cards/card.ts';

/** More choices than this stand in a list that opens. */
const SPREAD = 6;

/** One field, with its label and without any script: what the browser itself offers for it. */
export const FieldView: FC<{ field: Field; id: string }> = ({ field, id }) => {
  const required = 'required' in field && field.required === true;
  const label = required ? `${field.label}（必填）` : field.label;
  if (field.kind === 'multi')
    return (
      <Choices label={label}>
        {field.options.map((option) => (
          <label class="choice">
            <input
              type="checkbox"
              name={`${field.name}[]`}
              value={option.value}
              checked={field.values?.includes(option.value) ?? false}
            />
            {option.label}
          </label>
        ))}
      </Choices>
    );
  if (field.kind === 'select' && field.options.length <= SPREAD)
    return (
      <Choices label={label}>
        {field.options.map((option) => (
          <label class="choice">
            <input
              type="radio"
              name={field.name}
              value={option.value}
              checked={option.value === field.value}
              required={required}
            />
            {option.label}
          </label>
        ))}
      </Choices>
    );
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <Input field={field} id={id} required={required} />
    </div>
  );
};

const Choices: FC<PropsWithChildren<{ label: string }>> = ({ label, children }) => (
  <fieldset>
    <legend>{label}</legend>
    {children}
  </fieldset>
);

const Input: FC<{ field: Exclude<Field, { kind: 'multi' }>; id: string; required: boolean }> = ({
  field,
  id,
  required,
}) => {
  switch (field.kind) {
    case 'select':
      return (
        <select id={id} name={field.name} required={required}>
          <option value="">{field.placeholder ?? '请选择'}</option>
          {field.options.map((option) => (
            <option value={option.value} selected={option.value === field.value}>
              {option.label}
            </option>
          ))}
        </select>
      );
    case 'date':
      return <input id={id} type="date" name={field.name} value={field.value ?? ''} required={required} />;
    case 'text':
      return field.multiline ? (
        <textarea
          id={id}
          name={field.name}
          rows={4}
          maxlength={field.max}
          placeholder={field.placeholder}
          required={required}
        >
          {field.value ?? ''}
        </textarea>
      ) : (
        <input
          id={id}
          type="text"
          name={field.name}
          value={field.value ?? ''}
          maxlength={field.max}
          placeholder={field.placeholder}
          required={required}
          autocomplete="off"
        />
      );
  }
};
