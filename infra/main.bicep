// Murano.Serverless in a subscription of your own: one resource group with all that the app needs, and nothing secret.
// azd reads it with main.parameters.json. The app's settings that do not depend on parameters are in settings.json.
targetScope = 'subscription'

// Where and under which names

@description('Name of the environment: 1 to 64 letters, digits and hyphens. Names of resources are derived from it.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Azure region for everything; one that offers Flex Consumption.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Name of the resource group: 1 to 90 characters. Empty: rg- and the environment\'s name.')
@maxLength(90)
param resourceGroupName string = ''

// Access

@description('SHA-256, 64 hexadecimal digits, of the first operator\'s secret. The app makes the key from it at its first start. Empty: no key is made.')
@maxLength(64)
param firstKeyHash string = ''

@description('Id of the Entra ID tenant whose people and programs are let in by their app roles. Empty: API keys are the only way in.')
param entraTenantId string = ''

@description('Application id of the API in that tenant. Needed with entraTenantId.')
param entraClientId string = ''

@description('Application id as which the management page signs in. Empty: that of the API.')
param entraConsoleClientId string = ''

@description('Object id of a person, group or service principal who backs up and restores tables and files. Empty: nobody but the app reaches them.')
param administratorPrincipalId string = ''

@description('What the administrator is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param administratorPrincipalType string = 'User'

// Size and cost

@description('Memory of an instance in MB. 2048 comes with one core, the others in proportion. An instance is paid by memory and time in use.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Most instances that are made on demand: what bounds the cost of the app. Timers count for themselves.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 10

@description('Instances that wait for requests and are paid for it. 0: none, and the first request after a quiet time waits for a start. 1 counts as 2, because the platform drains a single one every now and then.')
@minValue(0)
@maxValue(1000)
param alwaysReadyInstances int = 0

@description('Polls that one instance holds. The requests that it takes at once are derived from it: polls are 0.8 of them. Fewer: more instances, each with more room.')
@minValue(1)
@maxValue(800)
param pollsPerInstance int = 800

@description('Whether instances are spread over the zones of the region. It costs more always-ready instances, and asks for a storageSku with ZRS.')
param zoneRedundant bool = false

@description('How often and where Azure keeps copies of what is stored: LRS three times in one place, ZRS in three zones, GRS and GZRS in a second region too, RA readable there.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS', 'Standard_RAGRS', 'Standard_RAGZRS'])
param storageSku string = 'Standard_LRS'

@description('Stands in front of each table\'s and container\'s name: a letter and up to 21 letters and digits. Another prefix is another installation, without what is stored under the first.')
@maxLength(22)
param tablePrefix string = 'murano'

@description('Days for which deleted and overwritten files, and deleted containers, can be brought back. They are paid for until then.')
@minValue(1)
@maxValue(365)
param softDeleteDays int = 7

@description('Days after which snapshots and old versions of blobs are deleted. The product makes none; backup tools do.')
@minValue(1)
@maxValue(3650)
param snapshotDays int = 90

@description('Days without a change after which files move to the cool tier, which is cheaper to keep and dearer to read. 0: never.')
@minValue(0)
@maxValue(3650)
param coolFilesAfterDays int = 0

@description('The service for wakes and live logs. Free_F1 costs nothing and has 20 connections (each instance takes up to two, each viewer of a log one) and 20,000 messages a day; beyond them polls find news when they look by themselves, and viewers see nothing. Standard_S1 has 1,000 connections and 1,000,000 messages a day for each unit.')
@allowed(['Free_F1', 'Standard_S1'])
param webPubSubSku string = 'Free_F1'

@description('Units of Standard_S1. Free_F1 has one.')
@allowed([1, 2, 5, 10, 20, 50, 100])
param webPubSubUnits int = 1

// Telemetry and alerts

@description('Days for which telemetry is kept.')
@minValue(30)
@maxValue(730)
param telemetryDays int = 30

@description('Most gigabytes of telemetry taken in a day. What comes after that is lost until the next day, and alerts see nothing of it.')
@minValue(1)
@maxValue(1000)
param telemetryDailyCapGb int = 1

@description('Address of an OTLP collector that gets the telemetry too, such as https://collector.example.com:4317. Empty: none.')
param otlpEndpoint string = ''

@description('Whether there are alert rules. Each has a price by the month.')
param alertsEnabled bool = true

@description('Addresses that get e-mail from alerts, with commas between them. Empty: alerts show in the portal only.')
param alertEmails string = ''

@description('Percentage of requests answered with 5xx in 30 minutes above which there is an alert. Fewer than 20 requests count as none.')
@minValue(1)
@maxValue(100)
param alertFailedRequestsPercent int = 5

@description('Failed log-ons of devices and operators in 30 minutes above which there is an alert.')
@minValue(1)
param alertFailedLogOns int = 200

@description('Storage requests throttled by Azure in one of its ways in 15 minutes above which there is an alert.')
@minValue(1)
param alertThrottledRequests int = 50

// Host names and transport

@description('Host name of your own under which operators reach the app, such as murano.example.com. Needs its DNS records first, and the certificate. Empty: the app\'s own name.')
param hostName string = ''

@description('Domain of the connectors\' host names, such as devices.example.com: each is {connector}.{domain}. Needs its DNS records first, and the certificate. Empty: connectors have no names of their own.')
param deviceDomain string = ''

@description('Resource id of the Key Vault that holds the certificate for hostName and *.deviceDomain. Needed with either of them.')
param certificateVaultId string = ''

@description('Name of that certificate in the Key Vault. One certificate holds all names.')
param certificateName string = ''

@description('Whether plain http reaches the app, for connectors in developer mode. Devices are told by the name {connector}.devmode-{deviceDomain}, so this needs deviceDomain. Everybody else is refused over http by the app.')
param developerMode bool = false

@description('Lowest version of TLS that devices and operators may use.')
@allowed(['1.2', '1.3'])
param minTlsVersion string = '1.2'

// The rest

@description('App settings by name that are added to those of settings.json, or take their place. All values are texts; what is secret is a Key Vault reference.')
param extraSettings object = {}

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

// Modules are given names that are known before the deployment begins, so that a preview of it can tell what will change.
var names = {
  group: empty(resourceGroupName) ? 'rg-${environmentName}' : resourceGroupName
  identity: 'id-murano-${token}'
  storage: 'stmurano${token}'
  packageContainer: 'deployment'
  webPubSub: 'wps-murano-${token}'
  logAnalytics: 'log-murano-${token}'
  applicationInsights: 'appi-murano-${token}'
  plan: 'plan-murano-${token}'
  functionApp: 'func-murano-${token}'
  alerts: 'murano-${environmentName}'
}

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: names.group
  location: location
  tags: tags
}

module identity 'app/identity.bicep' = {
  scope: group
  params: {
    name: names.identity
    location: location
    tags: tags
  }
}

module storage 'app/storage.bicep' = {
  scope: group
  params: {
    name: names.storage
    location: location
    tags: tags
    sku: storageSku
    tablePrefix: tablePrefix
    packageContainer: names.packageContainer
    softDeleteDays: softDeleteDays
    snapshotDays: snapshotDays
    coolFilesAfterDays: coolFilesAfterDays
  }
}

module webPubSub 'app/web-pubsub.bicep' = {
  scope: group
  params: {
    name: names.webPubSub
    location: location
    tags: tags
    sku: webPubSubSku
    units: webPubSubUnits
  }
}

module logAnalytics 'app/log-analytics.bicep' = {
  scope: group
  params: {
    name: names.logAnalytics
    location: location
    tags: tags
    retentionDays: telemetryDays
    dailyCapGb: telemetryDailyCapGb
  }
}

module applicationInsights 'app/application-insights.bicep' = {
  scope: group
  params: {
    name: names.applicationInsights
    location: location
    tags: tags
    workspaceName: names.logAnalytics
  }
  dependsOn: [logAnalytics]
}

module roles 'app/roles.bicep' = {
  scope: group
  params: {
    identityName: names.identity
    administratorPrincipalId: administratorPrincipalId
    administratorPrincipalType: administratorPrincipalType
    storageAccountName: names.storage
    webPubSubName: names.webPubSub
    applicationInsightsName: names.applicationInsights
  }
  dependsOn: [identity, storage, webPubSub, applicationInsights]
}

module functionApp 'app/function-app.bicep' = {
  scope: group
  params: {
    name: names.functionApp
    planName: names.plan
    location: location
    tags: tags
    identityName: names.identity
    storageAccountName: names.storage
    packageContainer: names.packageContainer
    tablePrefix: tablePrefix
    webPubSubName: names.webPubSub
    applicationInsightsName: names.applicationInsights
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyInstances: alwaysReadyInstances
    pollsPerInstance: pollsPerInstance
    zoneRedundant: zoneRedundant
    allowHttp: developerMode && empty(deviceDomain) ? fail('developerMode needs deviceDomain') : developerMode
    minTlsVersion: minTlsVersion
    hostName: hostName
    deviceDomain: deviceDomain
    firstKeyHash: firstKeyHash
    entraTenantId: entraTenantId
    entraClientId: !empty(entraTenantId) && empty(entraClientId) ? fail('entraTenantId needs entraClientId') : entraClientId
    entraConsoleClientId: entraConsoleClientId
    otlpEndpoint: otlpEndpoint
    extraSettings: extraSettings
  }
  dependsOn: [roles] // a role takes minutes to work, and the app asks for its storage as soon as it starts
}

module hostNames 'app/host-names.bicep' = if (!empty(hostName) || !empty(deviceDomain)) {
  scope: group
  params: {
    appName: names.functionApp
    location: location
    tags: tags
    hostName: hostName
    deviceDomain: deviceDomain
    developerMode: developerMode
    keyVaultId: empty(hostName) && empty(deviceDomain)
      ? ''
      : empty(certificateVaultId) ? fail('hostName and deviceDomain need certificateVaultId') : certificateVaultId
    certificateName: empty(hostName) && empty(deviceDomain)
      ? ''
      : empty(certificateName) ? fail('hostName and deviceDomain need certificateName') : certificateName
  }
  dependsOn: [functionApp]
}

module alerts 'app/alerts.bicep' = if (alertsEnabled) {
  scope: group
  params: {
    location: location
    tags: tags
    namePrefix: names.alerts
    emails: alertEmails
    workspaceName: names.logAnalytics
    storageAccountName: names.storage
    failedRequestsPercent: alertFailedRequestsPercent
    failedLogOns: alertFailedLogOns
    throttledRequests: alertThrottledRequests
  }
  dependsOn: [logAnalytics, storage]
}

@description('Azure region of everything.')
output AZURE_LOCATION string = location

@description('Entra tenant that the app\'s identity belongs to.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('Name of the resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the function app.')
output AZURE_FUNCTION_NAME string = names.functionApp

@description('Name of the storage account.')
output AZURE_STORAGE_ACCOUNT_NAME string = names.storage

@description('Name of the Web PubSub service.')
output AZURE_WEB_PUBSUB_NAME string = names.webPubSub

@description('Name of the Application Insights component.')
output AZURE_APPLICATION_INSIGHTS_NAME string = names.applicationInsights

@description('Address of the app for devices and operators.')
output MURANO_ENDPOINT string = 'https://${empty(hostName) ? functionApp.outputs.defaultHostName : hostName}'

@description('Address of the management page.')
output MURANO_CONSOLE string = 'https://${empty(hostName) ? functionApp.outputs.defaultHostName : hostName}/'

@description('Where CNAME records of your own names have to lead.')
output MURANO_DNS_CNAME string = functionApp.outputs.defaultHostName

@description('What TXT records asuid.{name} of your own names have to say. Not a secret.')
output MURANO_DNS_TXT string = functionApp.outputs.domainVerification
