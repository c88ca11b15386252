using System.Diagnostics.CodeAnalysis;

namespace Murano.Shared;

/// <summary>A value, or the <see cref="Failure"/> that stands in its place.</summary>
public sealed class Outcome<T>
    where T : notnull
{
    private readonly T? _value;
    private readonly Failure? _failure;

    private Outcome(T? value, Failure? failure) => (_value, _failure) = (value, failure);

    /// <summary>Takes the outcome apart: either <paramref name="value"/> or <paramref name="failure"/> is set, never both.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Failure? failure)
    {
        value = _value;
        failure = _failure;
        return failure is null;
    }

    /// <summary>A success.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Outcome<T>(Failure failure) => new(default, failure);
}
