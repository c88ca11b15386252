namespace Murano.Shared.State;

/// <summary>Conditions under which a row of values is written.</summary>
internal enum StateWriteMode
{
    /// <summary>A report, whatever is there: only devices write the row, or nobody waits for an acknowledgement. What the cloud set stays beside it.</summary>
    Blind,

    /// <summary>Whatever is there; replaces all of it.</summary>
    Overwrite,

    /// <summary>Only if the row is not there.</summary>
    Create,

    /// <summary>Only if the row still has the ETag; replaces all of it.</summary>
    Replace,

    /// <summary>Only if the row still has the ETag; the pending side stays.</summary>
    ReportOnly,

    /// <summary>Only if the row still has the ETag; the reported side stays.</summary>
    SetOnly,
}
