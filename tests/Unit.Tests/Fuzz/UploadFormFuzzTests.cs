using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Murano.Functions.DeviceApi;
using Murano.Functions.ManagementApi;
using Murano.Shared;
using Murano.Shared.Content;

namespace Murano.Unit.Tests.Fuzz;

/// <summary>Uploads as forms: no body makes the reader throw, and what comes before the file never ends up in it.</summary>
public sealed class UploadFormFuzzTests
{
    private const string Boundary = "b0undary";

    private static readonly string[] Pieces =
    [
        "--b0undary\r\n", "--b0undary\r\n", "--b0undary\r\n", "--b0undary--", "--b0undary--\r\n", "\r\n--b0undary\r\n", "--b0undar", "\r\n", "\r\n\r\n", "\n", "--",
        "Content-Disposition: form-data; name=\"type\"\r\n\r\ntext/plain\r\n", "Content-Disposition: form-data; name=sha256\r\n\r\n00\r\n", "Content-Disposition: form-data; name=\"tags\"\r\n\r\n{\"a\":\"b\"}\r\n",
        "Content-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n", "Content-Disposition: form-data; name=\"file\"\r\nContent-Type: image/png\r\n\r\n", "Content-Disposition: attachment\r\n\r\n",
        "Content-Disposition: form-data\r\n\r\n", "Content-Disposition: ;;;\r\n\r\n", "X: y\r\n", ": y\r\n", "data", "é",
    ];

    private static readonly Gen<byte[]> Valid = Gen.Select(Inputs.WellFormed.Where(text => !text.Contains(Boundary, StringComparison.Ordinal)), Gen.Byte.Array[0, 300]).Select((input, file) => Form(input, file));

    private static readonly Gen<byte[]> Bodies = Gen.Frequency((3, Inputs.BytesOf(Pieces)), (3, Inputs.Damaged(Valid)), (1, Gen.Byte.Array[0, 200]));

    private static readonly Gen<string?> Types = Gen.Frequency((12, Gen.Const<string?>($"multipart/form-data; boundary={Boundary}")), (1, Inputs.OneOf<string?>(null, "", "multipart/form-data", "multipart/form-data; boundary=", "text/plain; boundary=b0undary", "multipart/form-data; boundary=\"b0undary\"")), (1, Inputs.AnyText.Select(text => (string?)text)));

    [Fact]
    public Task A_form_is_refused_or_read_to_its_end() => Gen.Select(Types, Bodies).SampleAsync(
        async (type, bytes) =>
        {
            var (terms, file, problem) = await ReadAsync(type, bytes);
            Assert.True(terms is not null || problem is not null);
            Assert.InRange(file.Length, 0, bytes.Length);
            if (problem is not null)
            {
                Replies.Blame(problem);
            }
        },
        iter: LongRun.Inputs);

    [Fact]
    public Task The_file_comes_through_as_it_was() => Gen.Select(Inputs.WellFormed.Where(text => !text.Contains(Boundary, StringComparison.Ordinal)), Gen.Byte.Array[0, 20_000]).SampleAsync(
        async (input, sent) =>
        {
            var (terms, file, problem) = await ReadAsync($"multipart/form-data; boundary={Boundary}", Form(input, sent));
            Assert.Null(problem);
            Assert.Equal(input, terms!.Sha256);
            Assert.Equal(sent, file);
        },
        iter: 2000);

    private static byte[] Form(string input, byte[] file) =>
    [
        .. Encoding.UTF8.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"sha256\"\r\n\r\n{input}\r\n--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"),
        .. file,
        .. Encoding.UTF8.GetBytes($"\r\n--{Boundary}--\r\n"),
    ];

    private static async Task<(ContentTerms? Terms, byte[] File, Failure? Problem)> ReadAsync(string? type, byte[] bytes)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(bytes);
        await using var body = new StreamedBody(context.Request);
        var form = new UploadForm(body);
        if (!(await form.ReadTermsAsync(type)).TryGet(out var terms, out var failure))
        {
            return (null, [], failure);
        }

        using var file = new MemoryStream();
        var buffer = new byte[1000];
        for (int count; (count = await form.ReadAsync(buffer)) > 0;)
        {
            file.Write(buffer, 0, count);
        }

        return (terms, file.ToArray(), form.Problem);
    }
}
