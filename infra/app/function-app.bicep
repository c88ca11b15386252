// The app itself: a Flex Consumption plan, the site on it, and all of its settings.

@description('Name of the app: 2 to 60 letters, digits and hyphens. It is part of its address.')
param name string

@description('Name of the plan.')
param planName string

@description('Azure region; one that offers Flex Consumption.')
param location string

@description('Tags of the resources.')
param tags object

@description('Name of the app\'s identity.')
param identityName string

@description('Name of the storage account.')
param storageAccountName string

@description('Name of the container for the deployed package.')
param packageContainer string

@description('Stands in front of each table\'s and container\'s name.')
@maxLength(22)
param tablePrefix string

@description('Name of the Web PubSub service.')
param webPubSubName string

@description('Name of the Application Insights component.')
param applicationInsightsName string

@description('Memory of an instance in MB. 2048 comes with one core, the others in proportion.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('Most instances.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int

@description('Instances that wait for requests and are paid for it. 0: none. 1 counts as 2, because the platform drains a single one every now and then.')
@minValue(0)
@maxValue(1000)
param alwaysReadyInstances int

@description('Polls that one instance holds. The requests that it takes at once are derived from it: polls are 0.8 of them, 1000 at most.')
@minValue(1)
@maxValue(800)
param pollsPerInstance int

@description('Whether instances are spread over the zones of the region.')
param zoneRedundant bool

@description('Whether the front end lets plain http through. Over it the app refuses everybody but devices in developer mode.')
param allowHttp bool

@description('Lowest version of TLS.')
@allowed(['1.2', '1.3'])
param minTlsVersion string

@description('Host name under which operators reach the app. Empty: the app\'s own.')
param hostName string

@description('Domain of the connectors\' host names. Empty: connectors have none.')
param deviceDomain string

@description('SHA-256 of the first operator\'s secret, 64 hexadecimal digits. Empty: no key is made.')
@maxLength(64)
param firstKeyHash string

@description('Id of the Entra ID tenant whose people and programs are let in. Empty: none.')
param entraTenantId string

@description('Application id of the API in that tenant.')
param entraClientId string

@description('Application id as which the management page signs in. Empty: that of the API.')
param entraConsoleClientId string

@description('Address of an OTLP collector. Empty: none.')
param otlpEndpoint string

@description('Settings by name that are added to the product\'s own, or take their place. All values are texts.')
param extraSettings object

// Polls may take 0.8 of the requests that an instance takes at once, so that writes find room.
var requestsPerInstance = (pollsPerInstance * 5 + 3) / 4

var settings = union(
  loadJsonContent('../settings.json'),
  {
    Access__FirstKeyHash: firstKeyHash
    Access__PublicUrl: empty(hostName) ? '' : 'https://${hostName}'
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
    APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
    AzureWebJobsStorage__blobServiceUri: account.properties.primaryEndpoints.blob
    AzureWebJobsStorage__clientId: identity.properties.clientId
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__queueServiceUri: account.properties.primaryEndpoints.queue
    AzureWebJobsStorage__tableServiceUri: account.properties.primaryEndpoints.table
    Devices__Domain: deviceDomain
    Devices__Host: hostName
    Entra__ClientId: entraClientId
    Entra__ConsoleClientId: entraConsoleClientId
    Entra__TenantId: entraTenantId
    LongPoll__MaxPolls: string(pollsPerInstance)
    Storage__TablePrefix: tablePrefix
    WebPubSub__Endpoint: 'https://${channel.properties.hostName}'
  },
  empty(otlpEndpoint) ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint },
  extraSettings
)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageAccountName
}

resource channel 'Microsoft.SignalRService/webPubSub@2024-03-01' existing = {
  name: webPubSubName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'functions' }) // azd finds by it where to deploy the service of that name
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    reserved: true
    publicNetworkAccess: 'Enabled'
    httpsOnly: !allowHttp
    clientAffinityEnabled: false // any instance serves any request, and devices want no cookies
    // Devices may show a certificate in the first handshake. Excluded paths would make the front end ask later, which TLS 1.3 and large bodies do not survive.
    clientCertEnabled: true
    clientCertMode: 'Optional'
    keyVaultReferenceIdentity: identity.id
    // Can be chosen only when the app is made; without it a certificate of the owner's cannot be bound on this plan. Types lack the property.
    #disable-next-line BCP037
    siteScopedCertificatesEnabled: true
    functionAppConfig: {
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${account.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: max(alwaysReadyInstances, 2)
              }
            ]
        triggers: { http: { perInstanceConcurrency: requestsPerInstance } }
      }
    }
    siteConfig: {
      minTlsVersion: minTlsVersion
      scmMinTlsVersion: minTlsVersion
      ftpsState: 'Disabled'
      http20Enabled: true
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: settings
  }

  // Deploying goes by Entra ID only.
  resource publishing 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

@description('Host name that Azure gave the app.')
output defaultHostName string = app.properties.defaultHostName

@description('What a TXT record has to say before a domain of the owner\'s is taken for this app.')
output domainVerification string = app.properties.customDomainVerificationId!
