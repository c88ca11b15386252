// Host names of the owner's own, and the certificate for them. Each needs two DNS records before it can be bound:
//   name            CNAME                          TXT
//   {hostName}      {hostName} → app               asuid.{hostName} = verification
//   *.{domain}      *.{domain} → app               asuid.{domain} = verification
// A certificate that App Service makes itself cannot hold a wildcard, so there is one of the owner's, in Key Vault. The platform takes over its renewals.
// Nothing of this could be tried without a subscription: certificates of a Flex Consumption app belong to the app, not to the plan.

@description('Name of the app.')
param appName string

@description('Azure region of the app.')
param location string

@description('Tags of the resources.')
param tags object

@description('Host name under which operators reach the app. Empty: none.')
param hostName string

@description('Domain of the connectors\' host names. Empty: none.')
param deviceDomain string

@description('Whether devices in developer mode have host names too, over plain http.')
param developerMode bool

@description('Resource id of the Key Vault with the certificate. The resource provider of App Service has to be allowed to read it.')
param keyVaultId string

@description('Name of the certificate in the Key Vault; it holds all names but those of developer mode.')
param certificateName string

var secured = [...empty(hostName) ? [] : [hostName], ...empty(deviceDomain) ? [] : ['*.${deviceDomain}']]
var open = developerMode && !empty(deviceDomain) ? ['*.devmode-${deviceDomain}'] : []

resource app 'Microsoft.Web/sites@2024-11-01' existing = {
  name: appName
}

resource certificate 'Microsoft.Web/sites/certificates@2024-11-01' = if (!empty(secured)) {
  parent: app
  name: certificateName
  location: location
  tags: tags
  properties: {
    keyVaultId: keyVaultId
    keyVaultSecretName: certificateName
  }
}

// One after the other: the platform refuses two changes of one app at once.
@batchSize(1)
resource securedNames 'Microsoft.Web/sites/hostNameBindings@2024-11-01' = [
  for host in secured: {
    parent: app
    name: host
    properties: {
      hostNameType: 'Verified'
      customHostNameDnsRecordType: 'CName'
      sslState: 'SniEnabled'
      thumbprint: certificate!.properties.thumbprint
    }
  }
]

@batchSize(1)
resource openNames 'Microsoft.Web/sites/hostNameBindings@2024-11-01' = [
  for host in open: {
    parent: app
    name: host
    properties: {
      hostNameType: 'Verified'
      customHostNameDnsRecordType: 'CName'
      sslState: 'Disabled'
    }
    dependsOn: [securedNames]
  }
]
