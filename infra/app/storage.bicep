// The account that holds everything the product stores: its tables, its files, the host's own blobs and the deployed package.

@description('Name of the account: 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param name string

@description('Azure region.')
param location string

@description('Tags of the resource.')
param tags object

@description('How often and where Azure keeps copies.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS', 'Standard_RAGRS', 'Standard_RAGZRS'])
param sku string

@description('Stands in front of each table\'s and container\'s name: empty, or a letter and up to 21 letters and digits.')
@maxLength(22)
param tablePrefix string

@description('Name of the container for the package that is deployed.')
@minLength(3)
@maxLength(63)
param packageContainer string

@description('Days for which deleted and overwritten blobs, and deleted containers, can be brought back.')
@minValue(1)
@maxValue(365)
param softDeleteDays int

@description('Days after which snapshots and old versions of blobs are deleted. The product makes none; backup tools do.')
@minValue(1)
@maxValue(3650)
param snapshotDays int

@description('Days without a change after which files of connectors move to the cool tier, which is cheaper to keep and dearer to read. 0: never.')
@minValue(0)
@maxValue(3650)
param coolFilesAfterDays int

var tables = ['access', 'connectors', 'credentials', 'devices', 'directory', 'recency', 'tagindex', 'todo']
var files = empty(tablePrefix) ? 'content-' : '${toLower(tablePrefix)}-content-'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false // whoever calls proves who it is; there is no key to leak
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2' // not 1.3: the platform fetches the package and keeps its locks here with clients of its own
    supportsHttpsTrafficOnly: true
    // The app has no network of its own, so the account answers on its public address; only identities with a role get anywhere.
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: 'Allow'
    }
  }

  resource tableService 'tableServices' = {
    name: 'default'

    resource table 'tables' = [
      for table in tables: {
        name: '${tablePrefix}${table}'
      }
    ]
  }

  resource blobService 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: {
        enabled: true
        days: softDeleteDays
      }
      containerDeleteRetentionPolicy: {
        enabled: true
        days: softDeleteDays
      }
    }

    // Holds the package that is deployed. Containers of files are made by the app, one for each connector.
    resource deployment 'containers' = {
      name: packageContainer
      properties: { publicAccess: 'None' }
    }
  }

  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'old-snapshots'
            type: 'Lifecycle'
            enabled: true
            definition: {
              filters: { blobTypes: ['blockBlob'] }
              actions: {
                snapshot: { delete: { daysAfterCreationGreaterThan: snapshotDays } }
                version: { delete: { daysAfterCreationGreaterThan: snapshotDays } }
              }
            }
          }
          {
            name: 'cool-files'
            type: 'Lifecycle'
            enabled: coolFilesAfterDays > 0
            definition: {
              filters: {
                blobTypes: ['blockBlob']
                prefixMatch: [files] // never the package: the app is started from it
              }
              actions: { baseBlob: { tierToCool: { daysAfterModificationGreaterThan: coolFilesAfterDays } } }
            }
          }
        ]
      }
    }
    dependsOn: [blobService] // both write the account's blob settings
  }
}
