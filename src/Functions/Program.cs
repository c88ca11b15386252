using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Murano.Functions;

var builder = FunctionsApplication.CreateBuilder(args);
builder.AddMurano();
builder.Build().Run();
