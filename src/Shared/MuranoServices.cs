using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Content;
using Murano.Shared.Events;
using Murano.Shared.Events.Delivery;
using Murano.Shared.Identities;
using Murano.Shared.Jobs;
using Murano.Shared.Polls;
using Murano.Shared.Provisioning;
using Murano.Shared.Realtime;
using Murano.Shared.State;
using Murano.Shared.Storage;
using Murano.Shared.Tags;
using Murano.Shared.Telemetry;

namespace Murano.Shared;

/// <summary>Composition of the product.</summary>
public static class MuranoServices
{
    /// <summary>Adds everything but the HTTP side. Expects <c>IConfiguration</c>, logging and metrics in the container.</summary>
    public static IServiceCollection AddMuranoShared(this IServiceCollection services)
    {
        services.AddOptions<DeviceOptions>().BindConfiguration(DeviceOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DeviceOptions>, ValidateDeviceOptions>();
        services.AddOptions<LongPollOptions>().BindConfiguration(LongPollOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LongPollOptions>, ValidateLongPollOptions>();
        services.AddOptions<ConnectorOptions>().BindConfiguration(ConnectorOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConnectorOptions>, ValidateConnectorOptions>();
        services.AddOptions<AccessOptions>().BindConfiguration(AccessOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccessOptions>, ValidateAccessOptions>();
        services.AddOptions<EntraOptions>().BindConfiguration(EntraOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EntraOptions>, ValidateEntraOptions>();
        services.AddOptions<BusinessOptions>().BindConfiguration(BusinessOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<BusinessOptions>, ValidateBusinessOptions>();
        services.AddOptions<EventOptions>().BindConfiguration(EventOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EventOptions>, ValidateEventOptions>();
        services.AddOptions<LiveLogOptions>().BindConfiguration(LiveLogOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LiveLogOptions>, ValidateLiveLogOptions>();
        return services
            .AddSingleton<MuranoMetrics>()
            .AddStorage()
            .AddConnectors()
            .AddOperators()
            .AddEvents()
            .AddEventDelivery()
            .AddDevices();
    }

    private static IServiceCollection AddDevices(this IServiceCollection services) => services
        .AddSingleton<CredentialCache>()
        .AddSingleton<StateHeadCache>()
        .AddSingleton<PasswordVerifier>()
        .AddSingleton<FailedLogOns>()
        .AddSingleton<TokenAccess>()
        .AddSingleton<PasswordAccess>()
        .AddSingleton<CertificateAccess>()
        .AddSingleton<DeviceAccess>()
        .AddSingleton<NewIdentities>()
        .AddSingleton<ProvisioningService>()
        .AddSingleton<IWakes, HubWakes>()
        .AddSingleton<Announcer>()
        .AddSingleton<LiveLog>()
        .AddSingleton<LogViewers>()
        .AddSingleton<LogWatchService>()
        .AddSingleton<LogStreams>()
        .AddSingleton<StateService>()
        .AddSingleton<RecordService>()
        .AddSingleton<UploadSlots>()
        .AddSingleton<ContentReader>()
        .AddSingleton<ContentService>()
        .AddSingleton<ContentSigner>()
        .AddSingleton<ContentItemService>()
        .AddSingleton<HeldPolls>()
        .AddSingleton<PollService>()
        .AddSingleton<IdentityService>()
        .AddSingleton<IdentityBatch>()
        .AddSingleton<DeviceQuota>()
        .AddSingleton<ImportStep>()
        .AddSingleton<JobRunner>()
        .AddSingleton<JobService>()
        .AddSingleton<DeviceLooks>()
        .AddSingleton<TagSearch>()
        .AddSingleton<IdentityList>()
        .AddSingleton<TagService>();
}
